"""What odds must be multiplied by, found by halving: slow, and made of nothing but the formula."""

from __future__ import annotations

from math import exp


def times(chance, by):
    return by * chance / (1 - chance + by * chance)


def correction(gifts, usual):
    """The factor with which gifts of (chance, answered, weight) and five more sum to what came."""
    every = [(min(chance, 0.99), answered, weight) for chance, answered, weight in gifts]
    every.append((usual, usual, 5))
    came = sum(answered * weight for _, answered, weight in every)
    low, high = -60.0, 60.0
    for _ in range(120):
        middle = (low + high) / 2
        expected = sum(times(chance, exp(middle)) * weight for chance, _, weight in every)
        low, high = (low, middle) if expected > came else (middle, high)
    return exp(low)
