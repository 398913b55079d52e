"""What mail and calendars say is proposed, and written only where somebody says that it is true.

What comes in is events and a book; what goes out is proposals: referrals that I received,
introductions that I made, thanks in either direction, and days on which I was in touch with
somebody. What is accepted becomes rows that are planned and written as those of any import.

- `correspondents`: who is behind a name and an address;
- `event_meaning`, `introducing_words`, `denying_words`: what an event says, in seven languages;
- `proposals`: what the book does not have yet;
- `proposed_rows`, `proposals_file`: the rows, and a file in which to say which are true;
- `capture_run`: both from the archive to the book.
"""
