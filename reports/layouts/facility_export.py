"""The register as it stands on the page, for somebody who goes on in Excel. Codes and phones are text: no zero is lost."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from reports.layouts.parts import COUNT, FRACTION, MONEY, Column, Line, Sheet, Table, label


def _name(field: str) -> Any:
    """The name of a related row; '' for none."""
    return lambda row: str(getattr(row, field) or "")


def _commune_today(row: Any) -> str:
    return row.commune_today.full_name if row.commune_today else ""


def _amount(field: str) -> Any:
    def value(row: Any) -> Any:
        amount = getattr(row, field)
        return None if amount is None else int(amount)

    return value


COLUMNS = (
    Column("Tên cơ sở", attrgetter("name"), 36, total=label("Tổng cộng")),
    Column("Loại hình", lambda row: row.get_legal_form_display(), 14),
    Column("Mã số thuế", attrgetter("tax_code"), 15),
    Column("Số đăng ký", attrgetter("registration_number"), 14),
    Column("Ngành nghề", _name("trade"), 26),
    Column("VSIC", attrgetter("vsic_code"), 8),
    Column("Sản phẩm chính", attrgetter("products"), 26),
    Column("Địa chỉ nơi sản xuất", attrgetter("address"), 24),
    Column("Xã, phường hiện nay", _commune_today, 20),
    Column("Huyện cũ", lambda row: row.former_district.name if row.former_district else "", 15),
    Column("Tỉnh, thành phố", attrgetter("province.name"), 14),
    Column("Cụm công nghiệp", _name("cluster"), 18),
    Column("Làng nghề", _name("craft_village"), 18),
    Column("Lao động (người)", attrgetter("workers"), 11, COUNT, total=attrgetter("workers")),
    Column("Vốn đăng ký (đồng)", _amount("capital"), 18, MONEY),
    Column("Nguyên liệu tại chỗ (%)", attrgetter("local_material_share"), 12, FRACTION),
    Column("Xuất khẩu", lambda row: "có" if row.is_exporter else "", 10),
    Column("Điều kiện thụ hưởng", lambda row: row.get_eligibility_display(), 16),
    Column("Người liên hệ", attrgetter("contact_name"), 18),
    Column("Điện thoại", attrgetter("phone"), 13),
    Column("Thư điện tử", attrgetter("email"), 20),
)


class _Totals:
    """What the foot of the list says."""

    def __init__(self, facilities: Sequence[Any]) -> None:
        self.workers = sum(one.workers or 0 for one in facilities)


def sheet(facilities: Sequence[Any], subtitle: str) -> Sheet:
    """One line a facility, with its province, trade, communes, cluster and village fetched."""
    return Sheet(
        name="Danh bạ cơ sở",
        title="DANH BẠ CƠ SỞ CÔNG NGHIỆP NÔNG THÔN",
        subtitle=subtitle,
        unit="",
        tables=(Table(COLUMNS, tuple(Line(row) for row in facilities), total=_Totals(facilities)),),
        notes=("Ô số để trống là chưa có số liệu. Cơ sở đã gộp vào cơ sở khác không có trong danh sách.",),
        is_list=True,
    )
