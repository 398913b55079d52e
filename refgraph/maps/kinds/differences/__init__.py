"""A network with what differs in it: ties that are new, stronger, weaker or gone, or would be.

- `data`: the network of all there is and was, as a book of its ties;
- `draw`: that network laid out once, what differs drawn as what it is, all else pale;
- `leaving`: what would go with somebody, and the introductions to make before.

A :class:`refgraph.Book` and the ties that differ come in, a
:class:`refgraph.maps.scenes.scene.Scene` goes out. Which ties differ is not found here: a review
says what changed since the last one, and the analysis of leaving what would go with somebody.
Nobody moves between what was and what is, as both are drawn on one layout.
"""
