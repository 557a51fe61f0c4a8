"""What a courier service charges: one rule for the invented shop's past and for the answers of today."""

from __future__ import annotations


def kilograms(grams: int, least: int = 1) -> int:
    """Charged weight: begun kilograms, `least` at least."""
    return max(least, -(-grams // 1000))


def shipping_cost(
    rates: tuple[int, int, int],
    least: int,
    origin: tuple[int, int],
    destination: tuple[int, int],
    grams: int,
) -> int:
    """Rupiah for one parcel.

    `rates` and `least` are an expedition's (rate_city, rate_province, rate_far) and min_weight; `origin` and
    `destination` are (city id, province id).
    """
    if origin == destination:
        rate = rates[0]
    elif origin[1] == destination[1]:
        rate = rates[1]
    else:
        rate = rates[2]
    return rate * kilograms(grams, least)
