"""The boxes in which staff say why a scheme asks for more than the rules of support leave."""

from functools import cached_property

from programmes import ceilings


class Reasons:
    """What the saved scheme asks beyond the rules, each with the reason typed: boxes `ceiling-<Excess.key>`."""

    def __init__(self, scheme, typed):
        self.scheme, self.typed = scheme, typed

    @cached_property
    def by_benefit(self):
        """{id of a beneficiary, or 0 for the scheme: [(Excess, reason typed)]}, as it was when the page was asked for."""
        found = {}
        for excess in ceilings.check(self.scheme) if self.scheme.pk else ():
            found.setdefault(excess.benefit_id or 0, []).append((excess, self._typed(excess)))
        return found

    def _typed(self, excess):
        return self.typed.get(f"ceiling-{excess.key}", "").strip()

    def save(self, user):
        """Write the reasons for what is above the rules now, with the amounts just saved."""
        for excess in ceilings.check(self.scheme):
            if not excess.is_explained and self._typed(excess):
                ceilings.explain(self.scheme, excess, self._typed(excess), user)

    @property
    def missing(self):
        """What is above the rules now without a reason on record."""
        return [excess for excess in ceilings.check(self.scheme) if not excess.is_explained]
