"""The demonstration of fairs and selection: what articles told of Quảng Ninh, Nghệ An and Quảng Trị, and a year under way.

Published totals come out of the rows exactly; every single fair, product, certificate and name is invented and named so.
"""

from fairs.demonstration import current, nghe_an, quang_ninh, quang_tri
from fairs.models import SelectionCycle


def is_loaded() -> bool:
    """It comes in one transaction: one cycle of it means all."""
    return SelectionCycle.objects.filter(is_illustrative=True).exists()


def load(*, people, of_quang_ninh, of_quang_tri, today) -> bool:
    """Write it after the demonstration's schemes and facilities; False when it is there.

    Each of the people: {"staff": …, "reviewer": …} of Nghệ An, Quảng Ninh and today's Quảng Trị.
    """
    if is_loaded():
        return False
    nghe_an.write(**people)
    quang_ninh.write(**of_quang_ninh)
    quang_tri.write(**of_quang_tri, today=today)
    current.write(**people, today=today)
    return True
