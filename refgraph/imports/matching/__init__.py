"""Which row of a book a row of a file is, so that nothing is written twice and nothing is lost.

- `same_row`: a row that a book has already, by its id or by what it says;
- `edited_rows`: a row that was edited in the file since it was imported, matched by what it
  still says, and what it says now;
- `repeated_rows`: a row that says what another row of its own file says.

The rows of a converted file come in, with those of the book; for each it is said which row of
the book it is, if any, and in which fields the two differ. What cannot be decided is told, with
the option that decides it; nothing here writes.
"""
