"""Reference data of fairs and selection: levels, regions, points, validity, papers."""

from fairs.models import (
    CertificateRule,
    EntryItem,
    ForeignFairRule,
    ProvinceRegion,
    ScoreScale,
    SelectionLevel,
    SelectionRegion,
)
from khuyencong.models import Province
from khuyencong.reference import read, upsert


def load() -> int:
    """How many rows were added or changed; after places."""
    return load_law() + _load_province_regions()


def load_law() -> int:
    """What binds selection and fairs everywhere. What an office corrected after reading the text stays so."""
    return (
        upsert(SelectionRegion, ["code"], read("selection_regions"))
        + _rows(SelectionLevel, "selection_levels", ["code", "valid_from"])
        + _rows(ScoreScale, "score_scales", ["valid_from"])
        + _rows(CertificateRule, "certificate_rules", ["valid_from"])
        + _rows(ForeignFairRule, "foreign_fair_rules", ["valid_from"])
        + _rows(EntryItem, "entry_items", ["code"])
    )


def _rows(model, name, key):
    rows = read(name)
    return upsert(model, key, rows, once=[column for column in rows[0] if column not in key])


def _load_province_regions():
    """Known by province, region and first day."""
    provinces = {
        (code, f"{day:%Y-%m-%d}"): pk for pk, code, day in Province.objects.values_list("pk", "code", "valid_from")
    }
    regions = dict(SelectionRegion.objects.values_list("code", "pk"))
    rows = []
    for row in read("province_regions"):
        province = provinces[row.pop("province"), row.pop("province_from")]
        region = regions[row.pop("region")]
        rows.append(row | {"province_id": province, "region_id": region})
    key = ["province_id", "region_id", "valid_from"]
    return upsert(ProvinceRegion, key, rows, once=[name for name in rows[0] if name not in key])
