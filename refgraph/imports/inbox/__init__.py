"""Lines of plain words, as somebody types them into a phone, become rows like those of any export.

What comes in is `inbox.txt`, a line for each event: who sent whom to whom, whom one met, called
or thanked. What goes out is rows of referrals and touches, of which `compare` finds those that
the book has already.

- `inbox_lines`: the lines, each taken apart into its day, its words and its note;
- `inbox_words`: the arrows and verbs, in seven languages;
- `captured_names`: whom a few words name;
- `inbox`: one line becomes one row.
"""
