"""A year of one person's life, lived again under different habits (benchmarks/year.py)."""
