"""What a book says: its columns, each declared once, and how their text becomes a value.

In comes the text of one cell; out goes a value, or a :class:`~refgraph.schema.text.FieldError`
with a sentence saying why not.

A :class:`~refgraph.schema.field.Field` says all that anything needs to know of one column:
how it is read, which type a frame gives it, whether others may see it, whether it can hold a
name, how it is asked for. :mod:`refgraph.schema.fields` has the fields of each file of a
book, in the order of a new header. Readers, writers, checks, ``init``, ``add``, ``import``,
``forget``, ``--incognito`` and frames derive from it: a new column is one Field more, and
nobody sees it incognito, and a name in it does not outlive ``forget``, until its Field says
otherwise.

>>> from refgraph.schema.fields import TOUCHES
>>> [field.name for field in TOUCHES if field.public]
['date', 'kind', 'personal', 'until']
"""
