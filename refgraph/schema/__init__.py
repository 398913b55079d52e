"""What a book says: how the text of its cells becomes a value, or a sentence saying why not."""
