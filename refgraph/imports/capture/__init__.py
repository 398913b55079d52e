"""Records that nobody typed as a table: lines of plain words, a calendar, an archive of mail.

What comes in is text of a phone, of a calendar or of a mail program, and a book; what goes out
is rows like those of any export, or proposals of which somebody says whether they are true.

- `inbox`, `inbox_lines`, `inbox_words`: one line of plain words becomes one row;
- `captured_names`: whom a few words name.

Of a mail or an appointment nothing is kept but who, on which day, and what it was: no sentence
of it, and no subject. `compare` finds what the book has already, as of any other file, so that
taking in the same again adds nothing.
"""
