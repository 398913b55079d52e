"""What every command has to know first: which book, which of its referrals, as whose, about whom.

- `options`: the options that choose and read a book, the same for every command;
- `chosen_book`: the book they mean, read, in its window, from its point of view;
- `who`: who is meant by a name that is typed: asked at a terminal, refused elsewhere;
- `complete`: what the shell offers when TAB is pressed;
- `protect_book`: no command writes its output over a book.

Nothing here answers a question or writes a row.

Words come in, a :class:`refgraph.Book` or a name goes out, or a sentence that says what to type.
"""
