"""Commands that answer a question about a book, and write nothing.

- `answers`: whom I owe, the balance, the register of one person, why a number is what it is;
- `suggest`, `introduce`, `bench`: what to give next, and to whom;
- `network`, `chains`: who connects, how mutual it is, who started what;
- `effect`, `evaluate`: whether giving brings anything back, and whether the advice is any good.

A question that needs no more than a table is one function of ten lines.

Each takes a book, calls one function of `refgraph.analysis` or `refgraph.report`, and prints
its table. A new one is a function here, which names the heading it is listed under.
"""
