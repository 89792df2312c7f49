"""Whole numbers that look drawn by chance and add up to a given total."""


def spread(rng, total, bounds) -> list[int]:
    """One whole number within each (least, most) of `bounds`, together `total`; ValueError when that cannot be."""
    room = [most - least for least, most in bounds]
    left = total - sum(least for least, _ in bounds)
    if not 0 <= left <= sum(room):
        raise ValueError(f"{total} is out of reach of the bounds")
    weights = [rng.random() * most for most in room]
    scale = left / (sum(weights) or 1)
    given = [min(most, int(weight * scale)) for most, weight in zip(room, weights, strict=True)]
    while rest := left - sum(given):
        i = rng.choice([i for i, most in enumerate(room) if given[i] < most])
        given[i] += rng.randint(1, min(rest, room[i] - given[i]))
    return [least + more for (least, _), more in zip(bounds, given, strict=True)]


def even(total, count) -> list[int]:
    """`total` in `count` parts that differ by one at most, the larger first."""
    return [total // count + (i < total % count) for i in range(count)]


def around(rng, total, count) -> list[int]:
    """`total` in `count` parts, none further than a quarter from the mean."""
    mean = total / count
    return spread(rng, total, [(int(mean * 0.75), int(mean * 1.25) + 1)] * count)
