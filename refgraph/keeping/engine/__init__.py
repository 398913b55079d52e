"""The one way in which the files of a book change: together, once, whoever is killed and whenever.

What comes in are the new bytes of some files; what goes out are those files replaced, all of
them, or all as they were.

- `lock`: who writes now; a second writer waits, and says for whom;
- `draft`: the new files beside the old ones, until all are ready;
- `journal`: what is being replaced, so that the next command can take back what a kill left half
  done, and `undo` what was done;
- `replace`: the steps in their order, and the check that nobody wrote meanwhile;
- `one_step`: several writes of one command, taken back at once;
- `cells`: a value as it is written into a file, in its encoding and its marks.
"""
