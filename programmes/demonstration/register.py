"""The illustrative facilities: numbered, never a real name; only districts and communes are real."""

import random
from collections import defaultdict
from typing import NamedTuple

from facilities.models import Facility, Trade
from khuyencong.models import AdministrativeUnit, Province

Form = Facility.LegalForm
FORMS = [Form.COMPANY] * 5 + [Form.COOPERATIVE] * 2 + [Form.HOUSEHOLD] * 3 + [Form.GROUP]


class Craft(NamedTuple):
    """What a facility does, its trade (NĐ 45/2012 Đ5) and where in the province one does it."""

    work: str
    trade: str
    districts: tuple[str, ...]


CRAFTS = (
    Craft("chế biến chè", "a", ("Thanh Chương", "Anh Sơn", "Con Cuông")),
    Craft("chế biến hải sản", "a", ("Diễn Châu", "Quỳnh Lưu", "Vinh", "Hoàng Mai")),
    Craft("sản xuất nước mắm", "a", ("Diễn Châu", "Quỳnh Lưu", "Vinh")),
    Craft("xay xát, chế biến gạo", "a", ("Yên Thành", "Đô Lương", "Diễn Châu")),
    Craft("chế biến dược liệu", "a", ("Con Cuông", "Quỳ Châu", "Kỳ Sơn", "Tương Dương")),
    Craft("ép dầu lạc", "a", ("Diễn Châu", "Nghi Lộc", "Nam Đàn")),
    Craft("sản xuất bún, miến khô", "a", ("Thanh Chương", "Đô Lương", "Quế Phong")),
    Craft("chế biến gỗ rừng trồng", "a", ("Yên Thành", "Nghĩa Đàn", "Tân Kỳ", "Thanh Chương")),
    Craft("may công nghiệp", "b", ("Diễn Châu", "Yên Thành", "Nam Đàn", "Hưng Nguyên")),
    Craft("sản xuất bao bì", "b", ("Nghi Lộc", "Hưng Nguyên", "Quỳnh Lưu")),
    Craft("sản xuất đồ gỗ gia dụng", "b", ("Nghi Lộc", "Đô Lương", "Thái Hòa")),
    Craft("sản xuất gạch không nung", "c", ("Diễn Châu", "Yên Thành", "Đô Lương", "Tân Kỳ", "Hoàng Mai")),
    Craft("chế biến đá ốp lát", "c", ("Quỳ Hợp", "Yên Thành", "Hoàng Mai")),
    Craft("sản xuất phân bón hữu cơ", "c", ("Nghĩa Đàn", "Thái Hòa", "Nghi Lộc")),
    Craft("gia công cơ khí", "d", ("Nghi Lộc", "Hưng Nguyên", "Đô Lương", "Thái Hòa")),
    Craft("sản xuất cửa và kết cấu thép", "d", ("Quỳnh Lưu", "Nghi Lộc", "Hoàng Mai")),
    Craft("sản xuất hàng mây tre đan", "dd", ("Nghi Lộc", "Quỳnh Lưu", "Diễn Châu")),
    Craft("dệt thổ cẩm", "dd", ("Con Cuông", "Quỳ Châu", "Quế Phong", "Kỳ Sơn")),
    Craft("mộc mỹ nghệ", "dd", ("Yên Thành", "Diễn Châu", "Nam Đàn")),
)
VILLAGE_CRAFTS = (
    Craft("mây tre đan", "dd", ("Nghi Lộc",)),
    Craft("dệt thổ cẩm", "dd", ("Quỳ Châu",)),
    Craft("chế biến hải sản", "a", ("Quỳnh Lưu",)),
    Craft("làm tương", "a", ("Nam Đàn",)),
    Craft("làm bánh đa", "a", ("Đô Lương",)),
    Craft("đan lát", "dd", ("Tương Dương",)),
    Craft("mộc dân dụng", "dd", ("Diễn Châu",)),
)
DISTRICTS = sorted({district for craft in CRAFTS for district in craft.districts})
HA_TINH_CRAFTS = (
    Craft("chế biến nhung hươu", "a", ("Hương Sơn",)),
    Craft("sản xuất nước mắm", "a", ("Kỳ Anh",)),
    Craft("mộc mỹ nghệ", "dd", ("Đức Thọ",)),
    Craft("gia công cơ khí", "d", ("Can Lộc",)),
)
HOA_BINH_CRAFTS = (
    Craft("chế biến nông sản", "a", ("Đà Bắc", "Cao Phong")),
    Craft("dệt thổ cẩm", "dd", ("Mai Châu", "Lạc Sơn")),
    Craft("sản xuất đồ gỗ gia dụng", "b", ("Lương Sơn", "Lạc Thủy")),
)
PHU_THO_CRAFTS = (
    Craft("chế biến chè", "a", ("Thanh Sơn", "Thanh Ba", "Hạ Hòa")),
    Craft("làm mì, bánh gạo", "a", ("Phù Ninh", "Lâm Thao")),
    Craft("gia công cơ khí", "d", ("Việt Trì", "Lâm Thao")),
)
VINH_PHUC_CRAFTS = (
    Craft("mộc mỹ nghệ", "dd", ("Vĩnh Tường", "Yên Lạc")),
    Craft("rèn, cơ khí nhỏ", "d", ("Vĩnh Tường", "Bình Xuyên")),
    Craft("chế biến nông sản", "a", ("Lập Thạch", "Tam Đảo")),
)


class Sites:
    """Where the facilities of a province stand: communes of before 1/7/2025, by the district in which they lay.

    Chosen by a die of its own, so that nothing else of the demonstration changes with the list of communes.
    """

    def __init__(self, before: Province):
        units = AdministrativeUnit.objects.filter(province=before).select_related("parent", "province")
        self.districts = {unit.name: unit for unit in units if unit.level == AdministrativeUnit.Level.DISTRICT}
        self._communes = defaultdict(list)
        for unit in units:
            if unit.parent:
                self._communes[unit.parent.name].append(unit)
        self._die = random.Random(before.pk and before.code)

    def commune_in(self, district: str) -> AdministrativeUnit:
        """Some former commune of the district."""
        return self._die.choice(self._communes[district])


def facilities_of(rng, province, sites, crafts, count, *, first=1, villages=False) -> list[Facility]:
    """`count` new facilities of `province`, numbered from `first`, their crafts in turn; villages have their own names.

    Read back from the database, which knows what became of each commune.
    """
    trades = dict(Trade.objects.values_list("code", "pk"))
    made = Facility.objects.bulk_create(
        _facility(rng, province, sites, trades, crafts[i % len(crafts)], first + i, villages) for i in range(count)
    )
    return list(Facility.objects.for_list().filter(pk__in=[one.pk for one in made]).order_by("pk"))


def _facility(rng, province, sites, trades, craft, number, is_village):
    district = rng.choice(craft.districts)
    name = f"Làng nghề minh họa {number:02d}" if is_village else f"Cơ sở minh họa {number:03d}"
    commune = sites.commune_in(district)
    return Facility(
        name=f"{name} – {craft.work}",
        legal_form=Form.VILLAGE if is_village else rng.choice(FORMS),
        trade_id=trades[craft.trade],
        products=f"Sản phẩm của nghề {craft.work}",
        province=province,
        commune=commune,
        former_district=commune.parent,
        workers=rng.randint(40, 160) if is_village else rng.randint(4, 90),
        note="Số liệu minh họa, không phải cơ sở có thật.",
        is_illustrative=True,
    )
