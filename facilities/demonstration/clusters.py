"""The illustrative clusters: fixtures/demonstration_clusters.csv, hectares, capital in tỷ đồng. Only places are real."""

import datetime

from facilities.models import IndustrialCluster
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.reference import read

QUANG_NINH, NGHE_AN = "22", "40"
LAST_DAY_OF_DISTRICTS = datetime.date(2025, 6, 30)
PLAN_OF_2021 = datetime.date(2021, 12, 14)
BILLION = 10**9
NOTE = "Số liệu minh họa, không phải cụm công nghiệp có thật."
DAYS = ("planned_on", "established_on", "detailed_plan_on", "infrastructure_on", "operating_from")
AREAS = ("planned_area", "established_area", "detailed_plan_area", "industrial_land", "infrastructure_area")
NUMBERS = (
    ("planned_on", "plan_number", "Phương án minh họa"),
    ("established_on", "establishment_number", "{:02d}/QĐ-minh họa"),
    ("detailed_plan_on", "detailed_plan_number", "QHCT {:02d}-minh họa"),
    ("infrastructure_on", "infrastructure_number", "DA {:02d}-minh họa"),
)
INVESTORS = {"enterprise": "Doanh nghiệp hạ tầng minh họa {:02d}", "public": "Ban quản lý cụm minh họa {:02d}", "": ""}


def write_clusters(today: datetime.date) -> list[tuple[dict, IndustrialCluster]]:
    """The rows of the file with the clusters made of them, read back: Quảng Ninh as of 2021, Nghệ An as of `today`."""
    provinces = {
        QUANG_NINH: Province.objects.on(PLAN_OF_2021).get(code=QUANG_NINH),
        NGHE_AN: Province.objects.on(today).get(code=NGHE_AN),
    }
    rows = read("demonstration_clusters")
    communes = _communes({row["commune"] for row in rows})
    made = [_cluster(row, provinces[row["territory"]], communes[row["commune"]]) for row in rows]
    IndustrialCluster.objects.bulk_create(made)
    return list(zip(rows, made, strict=True))


def _communes(codes):
    found = AdministrativeUnit.objects.communes().filter(code__in=codes, valid_to=LAST_DAY_OF_DISTRICTS)
    return {unit.code: unit for unit in found.select_related("parent")}


def _cluster(row, province, commune):
    number = int(row["number"])
    cluster = IndustrialCluster(
        name=f"CCN minh họa {number:02d} – {row['district']}",
        kind=row["kind"],
        province=province,
        commune=commune,
        former_district=commune.parent,
        investor=INVESTORS[row["investor_kind"]].format(number),
        investor_kind=row["investor_kind"],
        infrastructure_capital=int(row["capital"]) * BILLION if row["capital"] else None,
        note=NOTE,
        is_illustrative=True,
    )
    for name in (*DAYS, *AREAS):
        field = IndustrialCluster._meta.get_field(name)
        setattr(cluster, name, field.to_python(row[name] or None))
    for day, name, text in NUMBERS:
        setattr(cluster, name, text.format(number) if row[day] else "")
    return cluster
