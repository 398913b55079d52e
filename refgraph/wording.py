"""Numbers, plurals, verbs and lists in English, in one place."""
