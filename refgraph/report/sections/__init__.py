"""The parts of a review: each answers one question, in a sentence, with the rows it stands on.

- `section`: what a part is: its title, its answer, its rows, its note;
- `standing`, `suggested`, `gains`, `bench`, `effect`: whom I owe, whom to refer, what it brings;
- `connecting`, `network`, `mutual`, `chance_text`, `chains_text`: who connects, and how mutual;
- `health`, `evaluation`: what is leaking, and how far the advice can be trusted.

They know the words, and nothing of where a number comes from or how a table is printed.

The results of an analysis come in, a part goes out; nothing is computed here, and a sentence
claims no more than its number. A part of one question stands in its `Line`.
"""
