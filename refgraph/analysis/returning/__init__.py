"""What follows a gift, how soon, and whether it would have come anyway.

- `returns`: each gift with the answer that followed, or not yet; `occasions` and `event_walk` are
  the days behind them, `spells` and `unprompted` what comes without a gift before it;
- `survival`: Kaplan and Meier's estimate for what is not over yet; `durations` uses it;
- `effect`: does giving bring anything back? A target trial (`target_trial`) of gifts after
  silence beside the same partner's silent days, its difference (`risk_difference`) with an
  interval over partners, and `negative_controls` that must find nothing;
- `excitation`: the same question as a mutually exciting point process (Hawkes 1971).

A :class:`refgraph.Book` comes in, frames go out. What only follows a gift is never called its
effect.
"""
