"""What a state becomes by changes: the way back of what is tested."""

from __future__ import annotations


def apply_changes(state, table):
    """Give what a state becomes by the changes of a table."""
    found = dict(state)
    for kind, person, other, identity, _, after in table.itertuples(index=False):
        key = kind, person, other, identity
        if after is None:
            found.pop(key, None)
        else:
            found[key] = after
    return found
