"""Commands about the book itself: it is begun, added to, taken in, checked, cleared up.

- `init`: a book is begun, counted, handed to other tools; `imports`: an export is taken in;
- `record`: a referral, a contact, a change of status; `ask`: field by field, with a way back;
- `people`, `forget`: who is who, one name for two people, and nobody;
- `write_session`: a book open to write in, and what is said of a row; `undo`: taken back again;
- `check`: what is wrong with it.

Without a terminal nothing is asked: the sentence names the option that decides.

What is written goes through `refgraph.keeping`, wholly or not at all.
"""
