"""Facilities at events: who they are, how often, with what support, and what they sold."""

from fairs.enums import EventStatus
from fairs.integrity.events import EVENT, OPEN
from fairs.models.event_guards import PART, TOO_OFTEN_ABROAD
from khuyencong.integrity.rules import Rule, Severity, sql
from khuyencong.models.guards import kin

PARTS = f"""{PART} part JOIN fairs_marketevent event ON event.id = part.event_id
    JOIN facilities_facility facility ON facility.id = part.facility_id"""


def _of_part(condition, columns="", joins=""):
    """The event's id, province and name and the facility's name beside `columns`; `part` is the participation."""
    return sql(
        "SELECT event.id, event.province_id, event.name, facility.name AS facility"
        f"{columns and ', ' + columns} FROM {PARTS} {joins} WHERE {condition}"
    )


RULES = (
    Rule(
        "participant-of-province",
        "Cơ sở tham gia thuộc tỉnh của sự kiện, hoặc tỉnh trước, sau sáp nhập",
        _of_part(f"NOT {kin('facility.province_id', 'event.province_id')}"),
        "“{name}” có {facility} tham gia, cơ sở này thuộc tỉnh khác.",
        "Kiểm tra tỉnh của cơ sở và của sự kiện; doanh nghiệp tỉnh khác thì cộng vào lượt doanh nghiệp khác.",
        EVENT,
    ),
    Rule(
        "participant-once",
        "Mỗi cơ sở có một dòng trong một sự kiện",
        _of_part(
            "TRUE",
            "",
            f"JOIN {PART} other ON (other.event_id, other.facility_id) = (part.event_id, part.facility_id) AND other.id < part.id",
        ),
        "“{name}” ghi {facility} hai lần.",
        "Xóa dòng thừa trong danh sách tham gia.",
        EVENT,
    ),
    Rule(
        "participant-once-after-merge",
        "Hai cơ sở đã gộp làm một không cùng có tên trong một sự kiện",
        _of_part(
            "coalesce(facility.merged_into_id, facility.id) = coalesce(twin.merged_into_id, twin.id)",
            "twin.name AS other",
            f"""JOIN {PART} other ON other.event_id = part.event_id AND other.facility_id < part.facility_id
                JOIN facilities_facility twin ON twin.id = other.facility_id""",
        ),
        "“{name}” có cả {facility} và {other}, đã gộp thành một cơ sở, nên lượt tham gia bị tính hai lần.",
        "Nếu là một lượt thì xóa một dòng; nếu là hai thì hoàn tác lần gộp.",
        EVENT,
        Severity.WARNING,
    ),
    Rule(
        "participant-figures",
        "Số liệu của cơ sở tham gia: không âm, gian hàng hỗ trợ không vượt gian hàng, mức hỗ trợ đến 100 %",
        _of_part(
            "part.supported_booths > part.booths OR least(part.support_amount, part.turnover, part.support_rate) < 0 "
            "OR part.support_rate > 100"
        ),
        "“{name}”: số gian hàng, mức hỗ trợ, số tiền hoặc doanh thu của {facility} không hợp lệ.",
        OPEN,
        EVENT,
    ),
    Rule(
        "participant-turnover-of-held",
        "Doanh thu chỉ có ở sự kiện đã tổ chức",
        _of_part(f"part.turnover IS NOT NULL AND event.status <> '{EventStatus.HELD}'", "part.turnover"),
        "“{name}” chưa tổ chức hoặc đã hủy mà ghi doanh thu {turnover} đồng của {facility}.",
        OPEN,
        EVENT,
    ),
    Rule(
        "abroad-too-often",
        "Không cơ sở nào được hỗ trợ dự hội chợ nước ngoài quá số lần trong năm (TT 46/2012: hai lần)",
        sql(f"""
            SELECT facility.id, facility.province_id, facility.name, often.times, often.year, often.most, often.source
                FROM ({TOO_OFTEN_ABROAD}) often JOIN facilities_facility facility ON facility.id = often.facility_id"""),
        "{name} được hỗ trợ dự hội chợ nước ngoài {times} lần trong năm {year}, quy định nhiều nhất {most} lần ({source}).",
        "Kiểm tra các lần tham gia, kể cả của cơ sở đã gộp; bỏ phần hỗ trợ ghi nhầm hoặc báo lãnh đạo để thu hồi.",
        "facilities.Facility",
    ),
)
