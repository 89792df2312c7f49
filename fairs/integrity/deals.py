"""Memoranda and contracts after events, and what was heard of them."""

from fairs.enums import DealOutcome, EventStatus
from fairs.models.event_guards import PART, TODAY
from khuyencong.integrity.rules import Rule, Severity, sql

DEAL = "fairs.Deal"
OPEN = "Mở trang của biên bản, hợp đồng rồi sửa theo bản giấy."


def _of_deal(condition, columns="", joins=""):
    """The deal's id, partner, the event's province and name beside `columns`; `deal` and `event` are the rows."""
    return sql(
        f"SELECT deal.id, event.province_id, event.name, deal.partner{columns and ', ' + columns} FROM fairs_deal deal "
        f"JOIN fairs_marketevent event ON event.id = deal.event_id {joins} WHERE {condition}"
    )


RULES = (
    Rule(
        "deal-of-participant",
        "Biên bản, hợp đồng của một cơ sở là tại sự kiện mà cơ sở đó tham gia",
        _of_deal(
            f"""NOT EXISTS (SELECT 1 FROM {PART} part JOIN facilities_facility one ON one.id = part.facility_id
                WHERE part.event_id = deal.event_id
                AND coalesce(one.merged_into_id, one.id) = coalesce(facility.merged_into_id, facility.id))""",
            "facility.name AS facility",
            "JOIN facilities_facility facility ON facility.id = deal.facility_id",
        ),
        "Biên bản, hợp đồng với {partner} ghi của {facility}, cơ sở này không tham gia “{name}”.",
        "Ghi cơ sở vào danh sách tham gia, hoặc chọn lại cơ sở của biên bản.",
        DEAL,
    ),
    Rule(
        "deal-of-held",
        "Biên bản, hợp đồng chỉ có ở sự kiện đã tổ chức",
        _of_deal(f"event.status <> '{EventStatus.HELD}'"),
        "Biên bản, hợp đồng với {partner} là của “{name}”, sự kiện chưa tổ chức hoặc đã hủy.",
        "Kiểm tra trạng thái của sự kiện.",
        DEAL,
    ),
    Rule(
        "deal-days",
        "Ngày ký từ ngày bắt đầu sự kiện, không ở tương lai; hợp đồng không trước biên bản ghi nhớ",
        _of_deal(
            f"""least(deal.signed_on, deal.contract_on) < event.starts_on OR greatest(deal.signed_on, deal.contract_on) > {TODAY}
            OR deal.contract_on < deal.signed_on OR num_nonnulls(deal.signed_on, deal.contract_on) = 0""",
            "deal.signed_on, deal.contract_on",
        ),
        "Biên bản ngày {signed_on}, hợp đồng ngày {contract_on} với {partner} tại “{name}”: ngày không hợp lệ.",
        OPEN,
        DEAL,
    ),
    Rule(
        "deal-outcome-whole",
        "Hợp đồng có ngày ký, không thành có lý do, chỉ hẹn hỏi lại khi đang theo dõi, giá trị không âm",
        _of_deal(
            f"""(deal.outcome = '{DealOutcome.CONTRACT}') <> (deal.contract_on IS NOT NULL)
            OR deal.outcome <> '{DealOutcome.CONTRACT}' AND (deal.contract_number <> '' OR deal.contract_value IS NOT NULL)
            OR deal.outcome = '{DealOutcome.DROPPED}' AND btrim(deal.outcome_note) = ''
            OR deal.outcome <> '{DealOutcome.OPEN}' AND deal.follow_up_on IS NOT NULL
            OR least(deal.value, deal.contract_value) < 0"""
        ),
        "Kết quả của biên bản với {partner} tại “{name}” không khớp với ngày, số, giá trị hợp đồng, lý do hoặc ngày hẹn.",
        OPEN,
        DEAL,
    ),
    Rule(
        "follow-up-kept",
        "Lần theo dõi đã ghi không bị sửa, không bị xóa",
        sql("""
            SELECT DISTINCT ON (told.pgh_obj_id) deal.id, event.province_id, deal.partner, told.asked_on
                FROM fairs_followupevent told JOIN fairs_deal deal ON deal.id = told.deal_id
                JOIN fairs_marketevent event ON event.id = deal.event_id WHERE told.pgh_label <> 'insert'"""),
        "Lần theo dõi ngày {asked_on} về biên bản với {partner} đã bị sửa hoặc xóa.",
        "Xem lịch sử để biết ai sửa, rồi ghi thêm một lần mới.",
        DEAL,
    ),
    Rule(
        "follow-up-day",
        "Ngày hỏi không ở tương lai và không trước ngày ký biên bản",
        _of_deal(
            f"asked.asked_on > {TODAY} OR asked.asked_on < least(deal.signed_on, deal.contract_on)",
            "asked.asked_on",
            "JOIN fairs_followup asked ON asked.deal_id = deal.id",
        ),
        "Lần theo dõi ngày {asked_on} về biên bản với {partner} ở tương lai hoặc trước ngày ký.",
        "Ghi thêm một lần theo dõi đúng ngày.",
        DEAL,
        Severity.WARNING,
    ),
)
