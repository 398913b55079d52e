"""The ways in which rows are printed, the same for every command, page and notebook.

- `plain_rows`: the rows of a table as plain values;
- `text_table`: a table as text and Markdown: numbers to the right, names to the left;
- `render`: a whole summary as text, Markdown or JSON;
- `glossary`: what every column of every table means, one line each, as the questions say it.


Rows come in, text goes out, the same bytes for the same rows. A new column has its line in the
glossary, or a test fails.
"""
