"""The year a round counts for, as a column: the same rule as `SelectionRound.year`."""

from django.db.models import Case, F, When
from django.db.models.functions import ExtractYear

from fairs.enums import RoundStatus

# Of the decision once it is concluded, else of its opening: a round that was reopened has no decision.
COUNTED_YEAR = ExtractYear(Case(When(status=RoundStatus.CONCLUDED, then=F("decided_on")), default=F("opens_on")))
