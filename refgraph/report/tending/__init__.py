"""What to do today, in words: the list, the commands that record it, and the messages for it.

- `under_way`: sentences about referrals under way and how many leak;
- `reminders`: the parts of a review about what to do today, and news that is owed;
- `today_text`: the list of today as a person reads it, and why each line stands where it does;
- `commands`: the command that records a line, complete as it is typed;
- `messages`: a draft for each line, from templates that the book may replace;
- `calendar`: the dated lines as a file for a calendar.

Tables of `refgraph.analysis.tending` come in, texts go out. Nothing is sent and nothing written;
a sentence claims no more than its number, and no message asks for anything in return.
"""
