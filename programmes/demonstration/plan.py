"""What a province did in past years, content by content: counts, ranges and results, from fixtures/.

The totals of Nghệ An 2016 - 2020 are those that its closing conference made public: 452 schemes, 417 with 22 tỷ đồng of
the province and 35 with 14,745 tỷ of the state, 2,25 tỷ of the districts besides, and what came of them.
"""

from typing import NamedTuple

from khuyencong.reference import read
from programmes.enums import Level

YEARS = (2016, 2017, 2018, 2019, 2020)
LAST_DAY = "2020-12-31"
NGHE_AN_SUPPORT = {Level.NATIONAL: 14_745, Level.LOCAL: 22_000}  # triệu đồng
NGHE_AN_DISTRICTS = {2016: 400, 2017: 420, 2018: 450, 2019: 470, 2020: 510}  # triệu đồng, together 2.250
HA_TINH_SUPPORT = {Level.NATIONAL: 300, Level.LOCAL: 400}  # triệu đồng, invented; so are the next three
HOA_BINH_SUPPORT = {Level.NATIONAL: 350, Level.LOCAL: 520}
PHU_THO_SUPPORT = {Level.NATIONAL: 480, Level.LOCAL: 610}
VINH_PHUC_SUPPORT = {Level.NATIONAL: 410, Level.LOCAL: 575}


class Line(NamedTuple):
    """Schemes of one content that look alike.

    `years`: the year of each scheme. `support`: least and most in triệu đồng, for each beneficiary or for the scheme.
    `beneficiary`: 'facility', 'village' or ''; `beneficiaries` of each scheme. `results`: totals over all its schemes.
    """

    content: str
    level: Level
    name: str
    years: list[int]
    support: tuple[int, int]
    beneficiary: str
    beneficiaries: int
    results: dict[str, int]

    @property
    def portions(self):
        """Amounts of one scheme: one for each beneficiary, or one."""
        return max(1, self.beneficiaries)


def plan_of(name) -> list[Line]:
    """The lines of fixtures/demonstration_<name>.csv."""
    return [_line(row) for row in read(f"demonstration_{name}")]


def _line(row):
    return Line(
        content=row["content"],
        level=Level(row["level"]),
        name=row["name"],
        years=[year for year in YEARS for _ in range(int(row[str(year)]))],
        support=(int(row["least"]), int(row["most"])),
        beneficiary=row["beneficiary"],
        beneficiaries=int(row["beneficiaries"]),
        results=numbers(row["results"]),
    )


def numbers(text) -> dict[str, int]:
    """'lop=2 lao-dong=60' as {'lop': 2, 'lao-dong': 60}."""
    return {code: int(number) for code, number in (pair.split("=") for pair in text.split())}
