"""Archives of mail and calendars become events: who, with whom, on which day.

What comes in is an mbox, a mail, a folder of them, or a calendar, however large; what goes out
is one small event after the other. Of a mail nothing is read but its header, its subject and its
first line, and those two are let go of at once unless they may say what it was.

- `mail_archive`, `mail_first_line`, `mail_reader`: mail, read line by line and bounded;
- `calendar_file`, `calendar_series`: the appointments of a calendar, and those of a series;
- `event_words`: what tells a machine, a greeting and a quotation, in seven languages;
- `captured_event`, `captures`: an event, and all of an archive.
"""
