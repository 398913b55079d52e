"""What mail and calendars propose, asked about with one key each, or written as a file.

The command is `import`, of which this is the part for archives: what comes in is the files that
are mail or calendars, and what goes out is an import that is prepared, of what was accepted.

- `capture_import`: reads the archives, and decides who says what is true;
- `capture_session`: at a terminal, one key for each proposal;
- `proposal_words`: what a proposal says, as a sentence.

Nothing is written here: what is prepared is carried out by the command as any other import.
"""
