"""Targets that two provinces made public, and invented ones of the years that the demonstration's schemes cover."""

import datetime

from khuyencong.models import Province
from khuyencong.reference import read
from programmes.models import ActivityContent, GroupContent, Indicator, Programme, ProgrammeGroup, ProgrammeTarget

NAME = "Chương trình khuyến công {province} giai đoạn {first} - {last} (minh họa)"
BASIS = "Số liệu minh họa; nguồn của từng chỉ tiêu ghi ở chỉ tiêu"


def illustrate():
    """The programmes, groups and targets of fixtures/demonstration_targets.csv; eight queries and two a programme."""
    rows = read("demonstration_targets")
    programmes = {key: _programme(*key) for key in dict.fromkeys(_key(row) for row in rows)}
    groups = _groups(rows, programmes)
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    ProgrammeTarget.objects.bulk_create(
        ProgrammeTarget(
            programme=programmes[_key(row)],
            group=groups.get((_key(row), row["group"])),
            name=row["name"],
            relation=row["relation"],
            low=row["low"] or None,
            high=row["high"] or None,
            unit=row["unit"],
            measure=row["measure"],
            indicator_id=indicators.get(row["indicator"]),
            counts_all=row["counts_all"] == "1",
            document=row["document"],
            note=row["note"],
            position=position,
            is_illustrative=True,
        )
        for position, row in enumerate(rows, 1)
    )


def _key(row):
    return row["province"], int(row["first_year"]), int(row["last_year"])


def _programme(code, first, last):
    province = Province.objects.filter(code=code).on(datetime.date(first, 1, 1)).get()
    name = NAME.format(province=province.name, first=first, last=last)
    return Programme.objects.create(name=name, first_year=first, last_year=last, province=province, legal_basis=BASIS)


def _groups(rows, programmes):
    """{(programme key, name): group} with their contents."""
    contents = {(_key(row), row["group"]): row["contents"].split() for row in rows if row["group"]}
    made = ProgrammeGroup.objects.bulk_create(
        ProgrammeGroup(programme=programmes[key], name=name, position=position)
        for position, (key, name) in enumerate(contents, 1)
    )
    groups = dict(zip(contents, made, strict=True))
    codes = dict(ActivityContent.objects.values_list("code", "pk"))
    GroupContent.objects.bulk_create(
        GroupContent(group=groups[key], content_id=codes[code]) for key, chosen in contents.items() for code in chosen
    )
    return groups
