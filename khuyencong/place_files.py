"""The place files of fixtures/ beside the database: both as rows of text, so that they can be counted and compared."""

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from khuyencong.models import AdministrativeUnit, AgencyName, LineageKind, Province, ProvinceLineage, UnitLineage
from khuyencong.reference import read

LAST_DAY = datetime.date(2025, 6, 30)  # of 63 provinces and of districts (NQ 202/2025/QH15)
PROVINCE = {"province": "province__code", "province_from": "province__valid_from"}
AGENCY = {name: name for name in ("kind", "name", "valid_from", "valid_to", "source")} | PROVINCE
NAMED = {name: name for name in ("code", "name", "kind", "valid_from", "valid_to", "decision")}
UNIT = NAMED | PROVINCE
LINK = {
    "predecessor": "predecessor__code",
    "predecessor_from": "predecessor__valid_from",
    "successor": "successor__code",
    "successor_from": "successor__valid_from",
    "kind": "kind",
}


@dataclass(frozen=True)
class PlaceFile:
    """fixtures/<name>.csv: `columns` say where each column stands in the database, `key` which of them name a row.

    Rows that the file lacks are a difference, unless an office may add its own (`is_open`).
    """

    name: str
    rows: Callable[[], QuerySet]
    columns: dict[str, str]
    key: tuple[str, ...] = ("code", "valid_from")
    is_open: bool = False

    def wanted(self) -> list[dict[str, str]]:
        """What the file says."""
        return read(self.name)

    def stored(self) -> list[dict[str, str]]:
        """What the database says, in the same words."""
        found = self.rows().order_by().values_list(*self.columns.values())
        return [dict(zip(self.columns, map(_text, row), strict=True)) for row in found]

    def differences(self):
        """A sentence for each row that is missing, differs or is not in the file."""
        wanted, stored = self._by_key(self.wanted()), self._by_key(self.stored())
        for key, row in wanted.items():
            if key not in stored:
                yield f"{self._place(key)}: thiếu trong cơ sở dữ liệu."
            elif stored[key] != row:
                yield f"{self._place(key)}: {_compared(stored[key], row)}."
        if not self.is_open:
            yield from (f"{self._place(key)}: không có trong tệp." for key in stored if key not in wanted)

    def _by_key(self, rows):
        return {tuple(row[name] for name in self.key): row for row in rows}

    def _place(self, key):
        return f"{self.name}.csv, {' '.join(filter(None, key))}"


def _text(value):
    return "" if value is None else str(value)


def _compared(stored, wanted):
    differing = [name for name in wanted if stored[name] != wanted[name]]
    return "; ".join(f"{name} là “{stored[name]}”, trong tệp là “{wanted[name]}”" for name in differing)


FILES = (
    PlaceFile("provinces", Province.objects.all, NAMED),
    PlaceFile("lineage", ProvinceLineage.objects.all, LINK, tuple(LINK)[:4]),
    PlaceFile("districts", AdministrativeUnit.objects.districts, UNIT),
    PlaceFile("communes", AdministrativeUnit.objects.communes, UNIT | {"district": "parent__code"}),
    PlaceFile("unit_lineage", UnitLineage.objects.all, LINK, tuple(LINK)[:4]),
    PlaceFile("agencies", AgencyName.objects.all, AGENCY, ("kind", "province", "province_from", "name"), is_open=True),
)


def counts(tables) -> dict[str, int]:
    """How many of each, by label; `tables`: name of a file -> its rows, from the file or from the database."""
    provinces, districts, communes = tables["provinces"], tables["districts"], tables["communes"]
    return {
        "Tỉnh, thành phố hiện nay": sum(not row["valid_to"] for row in provinces),
        "Đơn vị cấp xã hiện nay": sum(not row["valid_to"] for row in communes),
        "Tỉnh, thành phố trước 01/7/2025": sum(map(_was_before_reform, provinces)),
        "Đơn vị cấp huyện cũ": len(districts),
        "Đơn vị cấp xã cũ": sum(map(_was_before_reform, communes)),
        "Kế thừa cấp tỉnh": len(tables["lineage"]),
        **_by_kind(tables["lineage"], "cấp tỉnh"),
        "Kế thừa cấp xã": len(tables["unit_lineage"]),
        **_by_kind(tables["unit_lineage"], "cấp xã"),
        "Tên cơ quan": len(tables["agencies"]),
    }


def _was_before_reform(row):
    day = f"{LAST_DAY:%Y-%m-%d}"
    return row["valid_from"] <= day <= (row["valid_to"] or day)


def _by_kind(links, level):
    found = Counter(link["kind"] for link in links)
    return {f"  {kind.label} ({level})": found[kind.value] for kind in LineageKind}
