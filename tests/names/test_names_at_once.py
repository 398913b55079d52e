"""Many names without capitals and accents at once are what each is by itself."""

from hypothesis import given
from hypothesis import strategies as st

from refgraph.names.spelling import bare, each_bare

LETTERS = st.sampled_from("aB \t\n\0\x1c'.éİßَّ")


@given(st.lists(st.text(LETTERS, max_size=4), max_size=4))
def test_names_at_once_are_each_by_itself(names):
    assert each_bare(names) == [*map(bare, names)]
