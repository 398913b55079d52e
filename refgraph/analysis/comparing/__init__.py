"""What is different in a book since a day, or since what was shown then.

- `book_as_of`: the book as its dated rows say that it stood on a day;
- `facts`: what a book says, as single facts that can be set beside those of another day;
- `changes`: the facts that differ, in words, with the rows behind them.

Two books come in, or one and a day, and a frame goes out with one row for each change. The same
book on the same day has none; the changes of two books, carried out on the facts of the first, give
those of the second; and whatever is said to have changed has rows. People and spellings are those
of now, so a row that is dated earlier but was written down since counts with its own date.
"""
