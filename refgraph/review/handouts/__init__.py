"""A page for each member of a chapter, to hand out.

What comes in is a :class:`refgraph.Book` without a me; what goes out is one page a member: what
they gave, received and answered, whom they owe and whom to thank, their ties, how to recognise a
referral for them, and three one-to-ones worth having.

- `handout`: what stands on a member's page, from the questions that the commands ask;
- `tie_map`: their ties on one small drawing;
- `handout_page`: each as a file of its own, or all behind the page for the lead.

Of a book of health no page says what was given, received or owed.
"""
