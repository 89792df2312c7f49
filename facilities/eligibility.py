"""Whether a facility may get support, as far as its form, trade and place tell (NĐ 45/2012 Đ1, Đ5; TT 46/2012 Đ5).

A hint with its reason: the person decides. The size of the enterprise and the old rules on place cannot be told from
the register; cleaner production has no limit of size or place (TT 46/2012 Đ3.2).
"""

import datetime
from dataclasses import dataclass

from facilities.models import Facility
from khuyencong import text

Form, State = Facility.LegalForm, Facility.Eligibility
WIDENED_ON = datetime.date(2025, 10, 15)  # NĐ 235/2025/NĐ-CP in force, known from a press summary
PRODUCERS = {Form.COMPANY, Form.COOPERATIVE, Form.GROUP, Form.HOUSEHOLD}
SINCE_2025 = {Form.INVESTOR, Form.ARTISAN}
MINING, BUILDING_MATERIAL = "e", "c"
KILN_WORDS = ("dat set nung", "gach nung", "lo vong", "lo thu cong")


@dataclass(frozen=True, slots=True)
class Hint:
    """What the rules suggest, and why; UNKNOWN when a person has to look first."""

    state: str
    reason: str

    @property
    def label(self):
        return State(self.state).label


def hint(facility, day) -> Hint:
    """The suggestion for `facility` on `day`; needs `facility.trade` and `facility.commune_today`."""
    return _by_form(facility, day) or _by_trade(facility) or _eligible(facility)


def _by_form(facility, day):
    label = facility.get_legal_form_display()
    if facility.legal_form in SINCE_2025:
        return _since_2025(label, day)
    if facility.legal_form == Form.OTHER:
        return Hint(
            State.INELIGIBLE,
            f"“{label}” không thuộc các hình thức được hỗ trợ (NĐ 45/2012/NĐ-CP, Điều 1), trừ nội dung sản xuất sạch hơn.",
        )
    if facility.legal_form not in PRODUCERS:
        return Hint(State.UNKNOWN, f"“{label}”: nghị định không nêu riêng; xét theo từng nội dung hỗ trợ.")
    return None


def _since_2025(label, day):
    if day < WIDENED_ON:
        return Hint(State.INELIGIBLE, f"“{label}” chỉ là đối tượng từ ngày {WIDENED_ON:%d/%m/%Y}.")
    return Hint(
        State.ELIGIBLE,
        f"“{label}” là đối tượng từ ngày {WIDENED_ON:%d/%m/%Y} (NĐ 235/2025/NĐ-CP; cần đối chiếu văn bản gốc).",
    )


def _by_trade(facility):
    trade = facility.trade
    if trade is None:
        return Hint(
            State.UNKNOWN,
            "Chưa ghi ngành nghề. Ngoài các ngành của NĐ 45/2012/NĐ-CP, Điều 5 thì chỉ được hỗ trợ sản xuất sạch hơn.",
        )
    if trade.code == MINING and not facility.is_in_difficult_area:
        return Hint(
            State.UNKNOWN,
            "Khai thác, chế biến khoáng sản chỉ được hỗ trợ tại địa bàn khó khăn (NĐ 45/2012/NĐ-CP, Điều 5 điểm e).",
        )
    if trade.code == BUILDING_MATERIAL and _may_burn_clay(facility.products):
        return Hint(
            State.UNKNOWN,
            "Gạch đất sét nung bằng lò thủ công cải tiến, lò vòng không được hỗ trợ (TT 46/2012/TT-BCT, Điều 5 khoản 1): "
            "xem loại lò.",
        )
    return None


def _may_burn_clay(products):
    """Fired bricks by the words of the products: "gạch không nung" is none."""
    words = text.search_key(products)
    return any(word in words for word in KILN_WORDS)


def _eligible(facility):
    form, trade = facility.get_legal_form_display().lower(), facility.trade
    return Hint(State.ELIGIBLE, f"Là {form}; ngành nghề thuộc {trade.legal_basis or trade.name}.")
