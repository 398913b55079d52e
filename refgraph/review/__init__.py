"""Everything for a review meeting on one page that needs nothing else, not even a script.

What comes in is a :class:`refgraph.Book`; what goes out is the text of one HTML file, the same
for the same book. Nothing is computed here: the sentences are those of `report`, the rows those
of its questions, the pictures those of `maps`.

- `names`, `part` and `grid`: what a part of the page is, and the rows of a table in it;
- `page_parts`: every part, in order, each made from the report and its questions;
- `figures`: which maps belong to which part, drawn as SVG in the page;
- `findings`: what stands first and last: the findings, what each column means, what was left out;
- `web_page`: the parts put into `review.html`, with their style and the policy that holds them.

A new part is a function and a line in `page_parts`; a new map of a part is a word in `figures`.
"""
