"""The parts of the pages that are made from the code, so that none of them can go stale.

`pages` finds the parts and the commands of a page; the others make one part or a few:
`commands` from the click tree, `book` from the schema, `answers` from the registered questions,
`maps` from the kinds, `imports` from the rules, `measures` from the docstrings of the public
modules, `catalogue` from the cases of tests/errors.
"""
