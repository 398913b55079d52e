"""What a map is made of: marks that know whose they are, and the files they become.

- `marks`: a shape or a word with its style and its owner: a person, a tie, the flow between two
  groups, or nobody;
- `scene`: everything that one map drew, in pixels, and what it can be saved to;
- `formats`, `svg` and `titles`: who writes which kind of file, and what an SVG tells of the person
  or tie that is pointed at;
- `details`: what is known of people beyond the drawing, for pages and titles;
- `theme` and `phrases`: colours, sizes and words that every map shares.

Nothing here decides where anything stands, and nothing reads a book. Layouts, drawing and kinds
of maps stand on this room.
"""
