"""Market events: their days, places and size, and the money that pays for them."""

from fairs.enums import STANDING, EventStatus
from fairs.models.event_guards import FUNDING, PART, TODAY
from khuyencong.integrity.rules import Rule, sql
from khuyencong.models.guards import kin

EVENT = "fairs.MarketEvent"
OPEN = "Mở trang của sự kiện, đối chiếu với hồ sơ rồi sửa; số liệu đã xác nhận thì đề nghị người thẩm định mở lại."
MONEY = "Đối chiếu kinh phí của sự kiện với quyết định, chứng từ rồi sửa."
UNCLOSED = ", ".join(f"'{kind.value}'" for kind in STANDING)
USED = f"""JOIN LATERAL (SELECT sum(booths) AS booths, sum(supported_booths) AS supported, sum(support_amount) AS support
    FROM {PART} WHERE event_id = event.id) used ON TRUE"""
PAID = f"JOIN LATERAL (SELECT sum(amount) AS amount FROM {FUNDING} WHERE event_id = event.id) paid ON paid.amount IS NOT NULL"
MOST = "coalesce(max(coalesce(line.adjusted_amount, line.approved_amount, line.proposed_amount)), 0)"


def of_event(condition, columns="", joins=""):
    """The event's id, province and name beside `columns`; `event` is the event."""
    return sql(
        f"SELECT event.id, event.province_id, event.name{columns and ', ' + columns} FROM fairs_marketevent event {joins} WHERE {condition}"
    )


RULES = (
    Rule(
        "event-booths-within",
        "Các cơ sở không dùng nhiều gian hàng hơn sự kiện có",
        of_event(
            "used.booths > coalesce(event.booths, event.planned_booths)",
            "used.booths AS used, coalesce(event.booths, event.planned_booths) AS most",
            USED,
        ),
        "“{name}”: các cơ sở dùng {used} gian hàng, cả sự kiện chỉ có {most}.",
        OPEN,
        EVENT,
    ),
    Rule(
        "event-supported-booths-within",
        "Số gian hàng hỗ trợ cho các cơ sở không vượt số gian hàng được hỗ trợ của sự kiện",
        of_event(
            "used.supported > event.supported_booths", "used.supported AS used, event.supported_booths AS most", USED
        ),
        "“{name}”: các cơ sở được hỗ trợ {used} gian hàng, sự kiện chỉ hỗ trợ {most}.",
        OPEN,
        EVENT,
    ),
    Rule(
        "event-booths-of-a-kind",
        "Gian hàng tiêu chuẩn, thuê, hỗ trợ đều không nhiều hơn gian hàng của sự kiện",
        of_event(
            "greatest(event.standard_booths, event.rented_booths, event.supported_booths) > event.booths",
            "event.booths",
        ),
        "“{name}” có {booths} gian hàng mà gian tiêu chuẩn, gian thuê hoặc gian được hỗ trợ lại nhiều hơn.",
        OPEN,
        EVENT,
    ),
    Rule(
        "event-support-within-money",
        "Số tiền hỗ trợ các cơ sở không vượt kinh phí của sự kiện",
        of_event("used.support > paid.amount", "used.support AS used, paid.amount AS most", f"{USED} {PAID}"),
        "“{name}”: các cơ sở được hỗ trợ {used} đồng, kinh phí của sự kiện là {most} đồng.",
        MONEY,
        EVENT,
    ),
    Rule(
        "event-money-within-cost",
        "Kinh phí theo nguồn không vượt tổng chi phí của sự kiện",
        of_event("paid.amount > event.total_cost", "paid.amount AS used, event.total_cost AS most", PAID),
        "“{name}”: kinh phí theo nguồn cộng lại {used} đồng, tổng chi phí chỉ {most} đồng.",
        MONEY,
        EVENT,
    ),
    Rule(
        "event-money-given",
        "Kinh phí của sự kiện lớn hơn 0, mỗi nguồn một dòng, tổng chi phí không âm",
        of_event(
            "event.total_cost < 0 OR money.least <= 0 OR money.lines > money.sources",
            "",
            f"""LEFT JOIN LATERAL (SELECT min(amount) AS least, count(*) AS lines, count(DISTINCT source_id) AS sources
                FROM {FUNDING} WHERE event_id = event.id) money ON TRUE""",
        ),
        "“{name}” có số tiền không dương hoặc một nguồn ghi hai dòng.",
        MONEY,
        EVENT,
    ),
    Rule(
        "event-source-open",
        "Sự kiện không dùng nguồn kinh phí đã kết thúc trước ngày bắt đầu",
        of_event(
            "source.valid_to < event.starts_on",
            "source.name AS source, source.valid_to AS ended, event.starts_on",
            f"JOIN {FUNDING} money ON money.event_id = event.id JOIN programmes_fundingsource source ON source.code = money.source_id",
        ),
        "“{name}” bắt đầu {starts_on} mà dùng nguồn “{source}”, đã kết thúc {ended}.",
        MONEY,
        EVENT,
    ),
    Rule(
        "event-money-within-scheme",
        "Các sự kiện của một đề án không dùng quá số tiền của đề án theo từng nguồn",
        sql(f"""
            SELECT scheme.id, scheme.province_id, scheme.code, source.name AS source, sum(money.amount) AS used, {MOST} AS most
                FROM {FUNDING} money JOIN fairs_marketevent event ON event.id = money.event_id
                JOIN programmes_scheme scheme ON scheme.id = event.scheme_id
                JOIN programmes_fundingsource source ON source.code = money.source_id
                LEFT JOIN programmes_fundingline line ON line.scheme_id = scheme.id AND line.source_id = money.source_id
                WHERE event.status <> '{EventStatus.CANCELLED}' GROUP BY scheme.id, source.code HAVING sum(money.amount) > {MOST}"""),
        "Đề án {code}, nguồn “{source}”: các sự kiện dùng {used} đồng, đề án chỉ có {most} đồng.",
        "Sửa kinh phí của các sự kiện thuộc đề án, hoặc điều chỉnh đề án.",
        "programmes.Scheme",
    ),
    Rule(
        "event-scheme-of-province",
        "Sự kiện thuộc đề án của tỉnh mình, hoặc tỉnh trước, sau sáp nhập",
        of_event(
            f"NOT {kin('scheme.province_id', 'event.province_id')}",
            "scheme.code",
            "JOIN programmes_scheme scheme ON scheme.id = event.scheme_id",
        ),
        "“{name}” ghi thuộc đề án {code} của tỉnh khác.",
        OPEN,
        EVENT,
    ),
    Rule(
        "event-place-of-venue",
        "Nơi tổ chức khớp với địa bàn: trong tỉnh thì xã, huyện; tỉnh khác thì tỉnh; nước ngoài thì tên nước",
        of_event("""(event.venue = 'elsewhere') <> (event.host_province_id IS NOT NULL)
            OR (event.venue = 'abroad') <> (event.country <> '')
            OR event.venue <> 'within' AND num_nonnulls(event.commune_id, event.former_district_id) > 0"""),
        "“{name}” có nơi tổ chức không khớp với xã, huyện, tỉnh hoặc nước đã ghi.",
        OPEN,
        EVENT,
    ),
    Rule(
        "event-days",
        "Sự kiện có ngày bắt đầu từ năm 2005, ngày kết thúc không trước ngày bắt đầu",
        of_event(
            f"""event.ends_on < event.starts_on OR event.ends_on IS NULL AND event.kind NOT IN ({UNCLOSED})
            OR event.starts_on NOT BETWEEN DATE '2005-01-01' AND DATE '2100-12-31'""",
            "event.starts_on, event.ends_on",
        ),
        "“{name}”: từ ngày {starts_on} đến ngày {ends_on}, không hợp lệ.",
        OPEN,
        EVENT,
    ),
    Rule(
        "event-province-of-the-day",
        "Tỉnh của sự kiện còn hiệu lực vào ngày bắt đầu",
        of_event(
            "NOT event.starts_on BETWEEN coalesce(province.valid_from, '-infinity') AND coalesce(province.valid_to, 'infinity')",
            "province.name AS province, event.starts_on",
            "JOIN khuyencong_province province ON province.id = event.province_id",
        ),
        "“{name}” bắt đầu {starts_on} nhưng ghi của {province}, không tồn tại vào ngày đó.",
        OPEN,
        EVENT,
    ),
    Rule(
        "event-held-in-future",
        "Sự kiện đã tổ chức không bắt đầu ở tương lai",
        of_event(f"event.status = '{EventStatus.HELD}' AND event.starts_on > {TODAY}", "event.starts_on"),
        "“{name}” ghi là đã tổ chức mà bắt đầu ngày {starts_on}.",
        OPEN,
        EVENT,
    ),
    Rule(
        "event-confirmed-by-another",
        "Số liệu sự kiện đã tổ chức do người khác người ghi xác nhận, có thời điểm",
        of_event(
            f"""num_nulls(event.confirmed_by_id, event.confirmed_at) = 1 OR event.confirmed_by_id = event.created_by_id
            OR event.confirmed_at IS NOT NULL AND event.status <> '{EventStatus.HELD}' OR event.confirmed_at > clock_timestamp()"""
        ),
        "Xác nhận số liệu của “{name}” thiếu người hoặc thời điểm, do chính người ghi, hoặc khi sự kiện chưa tổ chức.",
        "Đề nghị người thẩm định mở lại rồi xác nhận lại số liệu.",
        EVENT,
    ),
    Rule(
        "event-twice",
        "Không có hai sự kiện cùng tên, cùng ngày bắt đầu trong một tỉnh",
        of_event(
            "TRUE",
            "event.starts_on",
            """JOIN fairs_marketevent other ON other.id < event.id
                AND (other.province_id, other.name, other.starts_on) = (event.province_id, event.name, event.starts_on)""",
        ),
        "“{name}” bắt đầu ngày {starts_on} được ghi hai lần.",
        "Kiểm tra và giữ lại một.",
        EVENT,
    ),
)
