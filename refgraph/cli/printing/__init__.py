"""How a command says its answer: on the screen, in a file, for a person or for a program.

- `output`: a table as text, CSV, JSON or Markdown, to standard output or a file, with the rows
  that were cut and the notes that belong beside it;
- `written`: JSON text, the screen, files and folders as commands write them.

A list that is cut names the command that gives the rest; what is hidden stays hidden in
every form.

An answer comes in, bytes go out, the same for the same answer. Formulas are made harmless in
CSV, and what a terminal would take for a command is shown and not obeyed.
"""
