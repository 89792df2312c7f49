"""The law of market events as triggers: who takes part, with how many booths, and on whose money."""

import pgtrigger

from fairs.enums import EventKind, EventRole, EventStatus, Venue
from khuyencong.enums import Role
from khuyencong.models.guards import ELSEWHERE, kin
from khuyencong.triggers import at_commit, before, refuse

EVENT, PART, FUNDING, DEAL = (f"fairs_{name}" for name in ("marketevent", "participation", "eventfunding", "deal"))
TODAY = "(clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
NOT_THEN = "%s không tồn tại vào ngày %s. Hãy chọn đơn vị của thời điểm diễn ra."
NOT_YET = "Sự kiện bắt đầu ngày %s chưa diễn ra: để trạng thái “Dự kiến”."
NOT_REVIEWER = "Số liệu sự kiện do người thẩm định xác nhận."
CONFIRMED = "Số liệu của sự kiện này đã được xác nhận nên không sửa được. Hãy đề nghị người thẩm định mở lại."
NOT_HELD = "Sự kiện chưa diễn ra hoặc đã hủy: chưa có doanh thu để ghi."
TOO_MANY_BOOTHS = (
    "Các cơ sở dùng %s gian hàng, trong khi cả sự kiện có %s. Sửa số gian hàng của cơ sở hoặc quy mô sự kiện."
)
TOO_MANY_SUPPORTED = "Các cơ sở được hỗ trợ %s gian hàng, trong khi sự kiện chỉ hỗ trợ %s."
TOO_MUCH_SUPPORT = "Các cơ sở được hỗ trợ tổng cộng %s đồng, nhiều hơn kinh phí của sự kiện (%s đồng)."
OVER_COST = "Kinh phí theo nguồn cộng lại %s đồng, nhiều hơn tổng chi phí %s đồng."
SOURCE_CLOSED = "%s chỉ được quyết định đến hết ngày %s, không dùng cho sự kiện bắt đầu sau ngày đó."
OVER_SCHEME = "Nguồn “%s”: các sự kiện của đề án %s dùng %s đồng, nhiều hơn số của đề án là %s đồng."
TOO_OFTEN = (
    "%s đã được hỗ trợ dự hội chợ nước ngoài %s lần trong năm %s; nhiều nhất là %s lần (%s). "
    "Bỏ phần hỗ trợ của lần này, hoặc kiểm tra lại các lần trước."
)
NOT_THERE = "%s không tham gia sự kiện này. Ghi cơ sở vào danh sách tham gia trước."
STRANGER_HERE = "%s tham gia sự kiện này và không thuộc %s: sửa danh sách tham gia trước khi đổi tỉnh."
HAS_DEALS = "Sự kiện đã có biên bản, hợp đồng (sớm nhất ngày %s): giữ trạng thái “Đã tổ chức” và ngày bắt đầu không sau ngày đó."
dong = "replace(to_char({}, 'FM999,999,999,999,999,990'), ',', '.')".format
day = "to_char({}, 'DD/MM/YYYY')".format


def name_of(table, id):
    return f"(SELECT name FROM {table} WHERE id = {id})"


def of_province(rule, table, column, here):
    """plpgsql: refuse a row whose `column` names a row of `table` of a province that is no kin of `here`."""
    there = f"(SELECT province_id FROM {table} WHERE id = NEW.{column})"
    names = (name_of(table, f"NEW.{column}"), *(name_of("khuyencong_province", id) for id in (there, here)))
    return f"""
    IF NEW.{column} IS NOT NULL AND NOT {kin(there, here)} THEN {refuse(rule, ELSEWHERE, *names)} END IF;"""


event_fits = before(
    "event_fits",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    SELECT name INTO place FROM khuyencong_province WHERE id = NEW.province_id
        AND NOT NEW.starts_on BETWEEN coalesce(valid_from, '-infinity') AND coalesce(valid_to, 'infinity');
    IF FOUND THEN {refuse("event_province_of_the_day", NOT_THEN, "place.name", day("NEW.starts_on"))} END IF;
    IF NEW.status = '{EventStatus.HELD}' AND NEW.starts_on > {TODAY} THEN
        {refuse("event_held_not_in_future", NOT_YET, day("NEW.starts_on"))}
    END IF;
    {of_province("event_scheme_of_province", "programmes_scheme", "scheme_id", "NEW.province_id")}
    IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;
    IF NEW.province_id <> OLD.province_id THEN
        SELECT facility.name INTO place FROM {PART} part JOIN facilities_facility facility ON facility.id = part.facility_id
            WHERE part.event_id = NEW.id AND NOT {kin("facility.province_id", "NEW.province_id")} LIMIT 1;
        IF FOUND THEN
            {refuse("event_province_of_participants", STRANGER_HERE, "place.name", name_of("khuyencong_province", "NEW.province_id"))}
        END IF;
    END IF;
    IF (NEW.status, NEW.starts_on) <> (OLD.status, OLD.starts_on) THEN
        SELECT min(least(signed_on, contract_on)) INTO signed FROM {DEAL} WHERE event_id = NEW.id;
        IF signed < NEW.starts_on OR signed IS NOT NULL AND NEW.status <> '{EventStatus.HELD}' THEN
            {refuse("event_has_deals", HAS_DEALS, day("signed"))}
        END IF;
    END IF;
    """,
    declare=[("place", "RECORD"), ("signed", "DATE")],
)

FACTS = [
    "kind",
    "role",
    "name",
    "province_id",
    "venue",
    "host_province_id",
    "country",
    "commune_id",
    "former_district_id",
    "location",
    "campaign",
    "starts_on",
    "ends_on",
    "status",
    "content_id",
    "scheme_id",
    "organiser",
    "planned_booths",
    "booths",
    "booths_qualifier",
    "standard_booths",
    "rented_booths",
    "supported_booths",
    "other_participants",
    "visitors",
    "total_cost",
    "created_by_id",
]
event_confirmed = before(
    "event_confirmed",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF TG_OP = 'INSERT' THEN
        IF NEW.confirmed_at IS NOT NULL THEN {refuse("event_confirmed_later", "Sự kiện mới chưa được xác nhận ngay.")} END IF;
        RETURN NEW;
    END IF;
    IF OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS NOT NULL
        AND ({", ".join(f"NEW.{name}" for name in FACTS)}) IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in FACTS)})
    THEN {refuse("event_confirmed_stays", CONFIRMED)} END IF;
    IF OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL AND
        (SELECT role FROM khuyencong_user WHERE id = NEW.confirmed_by_id) <> '{Role.REVIEWER}'
    THEN {refuse("event_confirmed_by_reviewer", NOT_REVIEWER)} END IF;
    """,
)
event_kept = before(
    "event_kept",
    pgtrigger.Delete,
    f"IF OLD.confirmed_at IS NOT NULL THEN {refuse('event_confirmed_stays', CONFIRMED)} END IF;",
)


def touched(column):
    """SQL: the ids of the events that the row names now and named before, NULL among them."""
    return f"""(CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.{column} END, CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.{column} END)"""


def of_open_event(name):
    """Rows of an event whose figures were confirmed stay as they are, and none is added.

    Waits for a confirmation, and makes writers of one event queue at once: two that only shared the row until their
    commit would each wait for the other there.
    """
    return before(
        name,
        pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        f"""
        FOR fair IN SELECT id, confirmed_at FROM {EVENT} WHERE id IN {touched("event_id")}
            ORDER BY id FOR NO KEY UPDATE LOOP
            IF fair.confirmed_at IS NOT NULL THEN {refuse("event_confirmed_stays", CONFIRMED)} END IF;
        END LOOP;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        """,
        declare=[("fair", "RECORD")],
    )


participation_fits = before(
    "participation_fits",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    SELECT province_id, status INTO fair FROM {EVENT} WHERE id = NEW.event_id FOR NO KEY UPDATE;
    {of_province("participation_of_province", "facilities_facility", "facility_id", "fair.province_id")}
    IF NEW.turnover IS NOT NULL AND fair.status <> '{EventStatus.HELD}' THEN
        {refuse("participation_turnover_of_held", NOT_HELD)}
    END IF;
    """,
    declare=[("fair", "RECORD")],
)


def within_event(name, column):
    """At commit: the booths and the support of all facilities stay within the event's. `column` names the event."""
    return at_commit(
        name,
        pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        f"""
        FOR fair IN SELECT id, coalesce(booths, planned_booths) AS booths, supported_booths, status FROM {EVENT}
            WHERE id IN {touched(column)} ORDER BY id FOR NO KEY UPDATE LOOP
            SELECT coalesce(sum(booths), 0) AS booths, coalesce(sum(supported_booths), 0) AS supported,
                coalesce(sum(support_amount), 0) AS amount, count(turnover) AS turnovers INTO used
                FROM {PART} WHERE event_id = fair.id;
            SELECT coalesce(sum(amount), 0) AS amount, count(*) AS lines INTO money FROM {FUNDING} WHERE event_id = fair.id;
            IF used.booths > fair.booths THEN
                {refuse("event_booths_within", TOO_MANY_BOOTHS, "used.booths", "fair.booths")}
            END IF;
            IF used.supported > fair.supported_booths THEN
                {refuse("event_supported_booths_within", TOO_MANY_SUPPORTED, "used.supported", "fair.supported_booths")}
            END IF;
            IF money.lines > 0 AND used.amount > money.amount THEN
                {refuse("event_support_within_money", TOO_MUCH_SUPPORT, dong("used.amount"), dong("money.amount"))}
            END IF;
            IF used.turnovers > 0 AND fair.status <> '{EventStatus.HELD}' THEN
                {refuse("participation_turnover_of_held", NOT_HELD)}
            END IF;
        END LOOP;
        """,
        declare=[("fair", "RECORD"), ("used", "RECORD"), ("money", "RECORD")],
    )


def within_money(name, column):
    """At commit: money by source within the event's cost, open sources only, and within the scheme that pays."""
    return at_commit(
        name,
        pgtrigger.Insert | pgtrigger.Update,
        f"""
        SELECT id, starts_on, total_cost, scheme_id INTO fair FROM {EVENT} WHERE id = NEW.{column} FOR NO KEY UPDATE;
        SELECT sum(amount) AS amount INTO used FROM {FUNDING} WHERE event_id = fair.id;
        IF used.amount > fair.total_cost THEN
            {refuse("event_money_within_cost", OVER_COST, dong("used.amount"), dong("fair.total_cost"))}
        END IF;
        SELECT source.name, source.valid_to INTO used FROM {FUNDING} money
            JOIN programmes_fundingsource source ON source.code = money.source_id
            WHERE money.event_id = fair.id AND source.valid_to < fair.starts_on LIMIT 1;
        IF FOUND THEN {refuse("event_source_open", SOURCE_CLOSED, "used.name", day("used.valid_to"))} END IF;
        IF fair.scheme_id IS NULL THEN RETURN NULL; END IF;
        PERFORM 1 FROM programmes_scheme WHERE id = fair.scheme_id FOR NO KEY UPDATE;
        SELECT source.name, scheme.code, sum(money.amount) AS amount,
            coalesce(max(coalesce(line.adjusted_amount, line.approved_amount, line.proposed_amount)), 0) AS most INTO used
            FROM {FUNDING} money JOIN {EVENT} other ON other.id = money.event_id
            JOIN programmes_scheme scheme ON scheme.id = other.scheme_id
            JOIN programmes_fundingsource source ON source.code = money.source_id
            LEFT JOIN programmes_fundingline line ON line.scheme_id = scheme.id AND line.source_id = money.source_id
            WHERE other.scheme_id = fair.scheme_id AND other.status <> '{EventStatus.CANCELLED}'
            GROUP BY source.code, source.name, scheme.code HAVING sum(money.amount)
                > coalesce(max(coalesce(line.adjusted_amount, line.approved_amount, line.proposed_amount)), 0) LIMIT 1;
        IF FOUND THEN
            {refuse("event_money_within_scheme", OVER_SCHEME, "used.name", "used.code", dong("used.amount"), dong("used.most"))}
        END IF;
        """,
        declare=[("fair", "RECORD"), ("used", "RECORD")],
    )


# Rows (facility_id of the kept one, year, event_id): supported attendance of a fair or forum abroad; tours are KC02.04.
ABROAD = f"""
    SELECT coalesce(facility.merged_into_id, facility.id) AS facility_id, extract(year FROM fair.starts_on)::int AS year,
        fair.starts_on, part.event_id FROM {PART} part JOIN {EVENT} fair ON fair.id = part.event_id
        JOIN facilities_facility facility ON facility.id = part.facility_id
        WHERE fair.venue = '{Venue.ABROAD}' AND fair.kind <> '{EventKind.TOUR}' AND fair.role = '{EventRole.ATTENDED}'
            AND fair.status <> '{EventStatus.CANCELLED}' AND (part.support_amount > 0 OR part.supported_booths > 0)"""
# Rows (facility_id, year, times, most, source) that are more than the rule of the last of these days allows.
TOO_OFTEN_ABROAD = f"""
    SELECT often.*, rule.most, rule.document AS source FROM (SELECT facility_id, year, count(*) AS times,
        max(starts_on) AS last FROM ({ABROAD}) abroad GROUP BY facility_id, year) often
    JOIN LATERAL (SELECT most, document FROM fairs_foreignfairrule WHERE valid_from <= often.last
        AND (valid_to IS NULL OR valid_to >= often.last) ORDER BY valid_from DESC LIMIT 1) rule ON often.times > rule.most"""


def not_too_often_abroad(name, which, day):
    """At commit: facilities that the SQL `which` selects were not supported abroad more often than the rule of the year
    of `day` allows. A year that the row does not touch is left to the integrity rules: a merge may reveal old ones.

    The lock on the kept facility makes two who write at once queue; the count is of a later statement.
    """
    return at_commit(
        name,
        pgtrigger.Insert | pgtrigger.Update,
        f"""
        PERFORM 1 FROM facilities_facility WHERE id IN ({which}) ORDER BY id FOR NO KEY UPDATE;
        SELECT facility.name, often.* INTO too FROM ({TOO_OFTEN_ABROAD}) often
            JOIN facilities_facility facility ON facility.id = often.facility_id
            WHERE often.facility_id IN ({which}) AND often.year = extract(year FROM {day}) LIMIT 1;
        IF FOUND THEN
            {refuse("participation_abroad_within_rule", TOO_OFTEN, "too.name", "too.times", "too.year", "too.most", "too.source")}
        END IF;
        """,
        declare=[("too", "RECORD")],
    )


_KEPT = "SELECT coalesce(merged_into_id, id) FROM facilities_facility WHERE id"
participation_abroad = not_too_often_abroad(
    "participation_abroad",
    f"{_KEPT} = NEW.facility_id",
    f"(SELECT starts_on FROM {EVENT} WHERE id = NEW.event_id)",
)
event_abroad = not_too_often_abroad(
    "event_abroad", f"{_KEPT} IN (SELECT facility_id FROM {PART} WHERE event_id = NEW.id)", "NEW.starts_on"
)

deal_fits = before(
    "deal_fits",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    SELECT starts_on, status INTO fair FROM {EVENT} WHERE id = NEW.event_id FOR SHARE;
    IF fair.status <> '{EventStatus.HELD}' THEN
        {refuse("deal_of_held", "Sự kiện chưa diễn ra hoặc đã hủy: chưa ghi biên bản, hợp đồng.")}
    END IF;
    IF least(NEW.signed_on, NEW.contract_on) < fair.starts_on THEN
        {refuse("deal_after_event", "Ngày ký không được trước ngày bắt đầu sự kiện (%s).", day("fair.starts_on"))}
    END IF;
    IF greatest(NEW.signed_on, NEW.contract_on) > {TODAY} THEN
        {refuse("deal_not_in_future", "Ngày ký không được ở tương lai.")}
    END IF;
    IF NEW.facility_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {PART} part
        JOIN facilities_facility one ON one.id = part.facility_id JOIN facilities_facility other ON other.id = NEW.facility_id
        WHERE part.event_id = NEW.event_id AND coalesce(one.merged_into_id, one.id) = coalesce(other.merged_into_id, other.id))
    THEN {refuse("deal_of_participant", NOT_THERE, name_of("facilities_facility", "NEW.facility_id"))} END IF;
    """,
    declare=[("fair", "RECORD")],
)
participation_with_deals = before(
    "participation_with_deals",
    pgtrigger.Update | pgtrigger.Delete,
    f"""
    IF EXISTS (SELECT 1 FROM {DEAL} deal JOIN facilities_facility one ON one.id = deal.facility_id
        JOIN facilities_facility other ON other.id = OLD.facility_id WHERE deal.event_id = OLD.event_id
        AND coalesce(one.merged_into_id, one.id) = coalesce(other.merged_into_id, other.id)) THEN
        IF TG_OP = 'DELETE' THEN
            {refuse("participation_has_deals", "Cơ sở đã có biên bản, hợp đồng của sự kiện này: xóa các dòng đó trước.")}
        ELSIF (NEW.event_id, NEW.facility_id) <> (OLD.event_id, OLD.facility_id) THEN
            {refuse("participation_has_deals", "Cơ sở đã có biên bản, hợp đồng của sự kiện này: không đổi được.")}
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    """,
)


deal_of_confirmed = before(
    "deal_of_confirmed",
    pgtrigger.Update | pgtrigger.Delete,
    f"""
    IF (SELECT confirmed_at FROM {EVENT} WHERE id = OLD.event_id FOR SHARE) IS NOT NULL THEN
        IF TG_OP = 'DELETE' THEN {refuse("deal_of_confirmed", CONFIRMED)}
        ELSIF (NEW.event_id, NEW.facility_id, NEW.signed_on, NEW.value) IS DISTINCT FROM
            (OLD.event_id, OLD.facility_id, OLD.signed_on, OLD.value) THEN {refuse("deal_of_confirmed", CONFIRMED)} END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    """,
)


def stays(name, sentence):
    """Nothing is changed or taken away afterwards."""
    return before(name, pgtrigger.Update | pgtrigger.Delete, refuse(name, sentence))
