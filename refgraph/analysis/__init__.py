"""One module per question; each takes a graph or a Book and gives a table back."""
