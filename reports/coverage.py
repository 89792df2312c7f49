"""Which records belong to a territory by the boundaries of their time or of today, and where each one is counted."""

from functools import cached_property

from khuyencong import scope
from khuyencong.boundaries import Boundaries, LineageMap
from khuyencong.models import Province
from khuyencong.refusals import RefusedError
from reports.figures.rows import UNDECIDED, Place

NOT_YET = "{} (từ {:%d/%m/%Y}) chưa có trong {}: {}."
ADD_UP = "chọn theo địa giới hiện nay"
EARLIER = ", hoặc chọn một trong các tỉnh, thành phố trước đây: {}"
GONE = "{} không còn là đơn vị hành chính trong {}. Hãy chọn đơn vị hiện nay."
PART_OF = "Theo địa giới hiện nay, {} thuộc {}. Hãy chọn {}, hoặc chọn theo địa giới tại thời điểm."
SCATTERED = "{} đã được chia cho nhiều đơn vị, không cộng theo địa giới hiện nay được. Hãy chọn địa giới tại thời điểm."


class Coverage:
    """A territory (`province`, None: the whole country) by its boundaries. Two queries, whatever is asked then."""

    def __init__(self, province, boundaries=Boundaries.AS_WAS):
        self.province, self.boundaries = province, Boundaries(boundaries)
        self._lineage = LineageMap.of_provinces()
        self._rows = Province.objects.in_bulk()

    @classmethod
    def seen_by(cls, user, boundaries):
        """Everything that a person may see, told apart by the boundaries."""
        coverage = cls(None, boundaries)
        coverage.ids = scope.province_ids(user)
        return coverage

    @cached_property
    def ids(self):
        """Ids of the provinces whose records count; None: of all."""
        return None if self.province is None else self._lineage.members(self._named.pk, self.boundaries)

    @property
    def _named(self):
        """The row that members are asked of: by today's boundaries, the place under its name of now."""
        pk = self.province.pk
        return self._rows[(self.boundaries == Boundaries.TODAY and self._lineage.today(pk)) or pk]

    def place_of(self, province_id):
        """Under which place a record of that province is counted; UNDECIDED when a division leaves no answer.

        A province that swallowed others is told apart into what they were; the whole country follows the boundaries.
        """
        pk = self._lineage.group(province_id, Boundaries.AS_WAS if self.province else self.boundaries)
        return UNDECIDED if pk is None else _place(self._rows[pk])

    def places(self, period, used=()):
        """Places that existed in the period, and the `used` ones, in the order of names."""
        ids = self._rows if self.ids is None else self.ids
        found = {self.place_of(pk) for pk in ids if _exists_in(self._rows[pk], period)} | set(used)
        order = {row.pk: number for number, row in enumerate(sorted(self._rows.values(), key=_by_name))}
        return tuple(sorted(found, key=lambda place: order.get(place.id, len(order))))

    def named_in(self, period, today):
        """The territory under its name and status of the period's last day; of today, by today's boundaries."""
        if self.province is None:
            return None
        day = today if self.boundaries == Boundaries.TODAY else min(period.end, today)
        return self._under_name_of(day, self._named.pk)

    def heir(self, day):
        """The province that answers for the territory now, under its name and status of `day`."""
        return self._under_name_of(day, self._lineage.today(self.province.pk) or self.province.pk)

    def _under_name_of(self, day, pk):
        same = (self._rows[one] for one in self._lineage.same_place(pk))
        return next((row for row in same if _was(row, day, day)), self._rows[pk])

    def check(self, period):
        """RefusedError when the territory and its boundaries say nothing about the period."""
        if self.province is None:
            return
        if self.boundaries == Boundaries.TODAY:
            self._check_today()
        else:
            self._check_as_was(period)

    def _check_today(self):
        pk = self._lineage.today(self.province.pk)
        if pk is None:
            raise RefusedError(SCATTERED.format(_capital(self.province.full_name)), "report_scattered")
        if pk not in self._lineage.same_place(self.province.pk):
            heir = self._rows[pk].full_name
            raise RefusedError(PART_OF.format(self.province.full_name, heir, heir), "report_part_of")

    def _check_as_was(self, period):
        rows = [self._rows[pk] for pk in self._lineage.same_place(self.province.pk)]
        if any(_exists_in(row, period) for row in rows):
            return
        first = min(rows, key=lambda row: row.valid_from)
        if first.valid_from <= period.end:
            raise RefusedError(GONE.format(_capital(self.province.full_name), period.label), "report_gone")
        raise RefusedError(
            NOT_YET.format(_capital(first.full_name), first.valid_from, period.label, self._advice(first, period)),
            "report_not_yet",
        )

    def _advice(self, first, period):
        inside = (self._rows[pk] for pk in self._lineage.within(first.pk))
        names = [row.name for row in sorted(inside, key=_by_name) if _exists_in(row, period)]
        return ADD_UP + (EARLIER.format(", ".join(names)) if names else "")


def _place(row):
    return Place(row.pk, row.code, str(row), row.valid_from, row.valid_to)


def _exists_in(row, period):
    return _was(row, period.start, period.end)


def _was(row, start, end):
    return row.valid_from <= end and (row.valid_to is None or row.valid_to >= start)


def _by_name(row):
    return row.sort_key, row.valid_from, row.pk


def _capital(name):
    return name[:1].upper() + name[1:]
