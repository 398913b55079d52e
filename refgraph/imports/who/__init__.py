"""Who is meant by the names of a file, before its rows are compared with a book.

- `one_spelling`: one person has one spelling, whatever capitals, accents and order of names
  the rows of a file use; somebody of the book is spelled as the book does;
- `newcomers`: referrers whom the book lacks: those written as people are, those who are named
  as new, and those who have to be asked about.

A converted file comes in, with the names of the book; it goes out with its names settled.
What was decided is told in a line for each kind of decision, and nothing is guessed: a word
that is no name, a name that is nearly somebody's, and one that fits several people stay open,
to be answered by a rules file or an option.
"""
