"""What one more gift is expected to bring, from what was known on its morning.

- `protocol`, `trial`, `as_of` and `running_totals`: which gifts count, and what stood on record
  before each, so that no estimate sees its own future;
- `gift_evidence`, `learned` and `heterogeneity`: what each gift tells, what the book has taught by
  the first of a month, and how far people differ from one another;
- `pooling` and `shrinkage`: few gifts judged by themselves, their partner and the whole book
  (empirical Bayes); `odds_correction`: how such chances were off on gifts that are over;
- `expected`: the chance that a gift is followed by one back; `added`: what it brings beyond what
  comes anyway, which is what `refer_first` orders by.

Days of gifts come in, means with both ends of their intervals go out.
"""
