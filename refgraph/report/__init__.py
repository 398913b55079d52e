"""One summary of a book, and the ways to print it."""
