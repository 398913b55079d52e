"""What the columns of a file mean: rules of the package, rules of the user, one form for both.

- `headers`: headers compared as people write them;
- `ruleset`: rules as values: which column is what, which words mean what, which rows count;
- `rules_file`: a rules file is read, or every line of it that cannot be read is named;
- `builtin_rules`: the layouts known without one, each a file ``NAME.rules`` beside this module;
- `recognise`: which of them a file has.

Rows of cells come in, a rule set with the places of its columns goes out. A new layout is a file
in this room; it needs no code.
"""
