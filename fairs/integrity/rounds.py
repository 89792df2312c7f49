"""Cycles and rounds of selection: where and when, who sat on the council, how they were concluded, complaints."""

from fairs.enums import Body, EntryStatus, Reach, RoundStatus, Scoring
from fairs.models.selection_guards import (
    ANSWER_DAYS,
    COMPLAINT_DAYS,
    ENTRY,
    MEMBER,
    TODAY,
    valid_on,
    working_day_sql,
)
from khuyencong.integrity.rules import Rule, sql
from khuyencong.models.guards import kin

ROUND, CYCLE = "fairs.SelectionRound", "fairs.SelectionCycle"
OPEN = "Mở trang của kỳ bình chọn rồi sửa theo quyết định, biên bản; kỳ đã kết luận thì người thẩm định mở lại trước."
HELD = """fairs_selectionround held JOIN fairs_selectioncycle cycle ON cycle.id = held.cycle_id
    JOIN fairs_selectionlevel level ON level.id = held.level_id"""
TITLE = "level.name || ', ' || cycle.name AS title"
JUDGED = f"held.scoring = '{Scoring.SHEETS}' AND held.status IN ('{RoundStatus.SCORING}', '{RoundStatus.CONCLUDED}')"
UNDECIDED = f"'{EntryStatus.REGISTERED}', '{EntryStatus.COMPLETE}'"


def of_round(condition, columns="", joins=""):
    """The round's id, province and title beside `columns`; `held` is the round, `level` and `cycle` are its."""
    return sql(
        f"SELECT held.id, cycle.province_id, {TITLE}{columns and ', ' + columns} FROM {HELD} {joins} WHERE {condition}"
    )


def _people(body):
    return f"(SELECT count(*) FROM {MEMBER} WHERE round_id = held.id AND body = '{body}')"


RULES = (
    Rule(
        "cycle-of-the-year",
        "Đợt bình chọn có năm từ 2005, tỉnh còn hiệu lực trong năm đó, mỗi đợt một dòng",
        sql("""
            SELECT cycle.id, cycle.province_id, cycle.name, cycle.year FROM fairs_selectioncycle cycle
                JOIN khuyencong_province province ON province.id = cycle.province_id
                WHERE cycle.year NOT BETWEEN 2005 AND 2100 OR extract(year FROM province.valid_from) > cycle.year
                OR extract(year FROM province.valid_to) < cycle.year OR EXISTS (SELECT 1 FROM fairs_selectioncycle other
                    WHERE other.id < cycle.id AND (other.province_id, other.year, other.name) = (cycle.province_id, cycle.year, cycle.name))"""),
        "Đợt “{name}” ghi năm {year}: tỉnh không có trong năm đó, hoặc đợt đã ghi rồi.",
        "Mở trang của đợt bình chọn, sửa tỉnh hoặc năm; nếu trùng thì giữ lại một.",
        CYCLE,
    ),
    Rule(
        "round-level-of-the-day",
        "Cấp của kỳ bình chọn còn hiệu lực vào ngày nhận hồ sơ",
        of_round(f"NOT {valid_on('level', 'held.opens_on')}", "held.opens_on"),
        "{title}: nhận hồ sơ từ {opens_on}, ngày đó cấp này không bình chọn.",
        OPEN,
        ROUND,
    ),
    Rule(
        "round-place-of-level",
        "Kỳ cấp huyện, xã ghi đơn vị của tỉnh; kỳ khu vực ghi khu vực; kỳ khác để trống",
        of_round(
            f"""(level.reach = '{Reach.UNIT}') <> (held.unit_id IS NOT NULL)
            OR (level.reach = '{Reach.REGION}') <> (held.region_id IS NOT NULL)
            OR unit.id IS NOT NULL AND NOT {kin("unit.province_id", "cycle.province_id")}""",
            "",
            "LEFT JOIN khuyencong_administrativeunit unit ON unit.id = held.unit_id",
        ),
        "{title}: huyện, xã hoặc khu vực đã ghi không hợp với cấp hoặc với tỉnh.",
        OPEN,
        ROUND,
    ),
    Rule(
        "round-region-of-province",
        "Khu vực của kỳ bình chọn là khu vực của tỉnh vào ngày nhận hồ sơ",
        of_round(
            f"""held.region_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM fairs_provinceregion here
                WHERE here.region_id = held.region_id AND {valid_on("here", "held.opens_on")}
                AND {kin("here.province_id", "cycle.province_id")})""",
            "region.name AS region",
            "LEFT JOIN fairs_selectionregion region ON region.id = held.region_id",
        ),
        "{title}: tỉnh không thuộc khu vực “{region}” vào ngày nhận hồ sơ.",
        "Chọn khu vực khác, hoặc sửa danh sách khu vực của tỉnh trong trang quản trị.",
        ROUND,
    ),
    Rule(
        "round-once",
        "Mỗi đợt có một kỳ bình chọn của một cấp ở một nơi",
        of_round(
            "TRUE",
            "",
            """JOIN fairs_selectionround other ON other.id < held.id AND other.cycle_id = held.cycle_id
                AND other.level_id = held.level_id AND other.unit_id IS NOT DISTINCT FROM held.unit_id
                AND other.region_id IS NOT DISTINCT FROM held.region_id""",
        ),
        "{title}: kỳ bình chọn này có hai lần.",
        "Kiểm tra và giữ lại một.",
        ROUND,
    ),
    Rule(
        "round-days",
        "Ngày của kỳ bình chọn theo thứ tự: nhận hồ sơ, họp, quyết định, công bố; quyết định không ở tương lai",
        of_round(f"""held.closes_on < held.opens_on OR held.decided_on < greatest(held.opens_on, held.minutes_on)
            OR held.announced_on < held.decided_on OR held.announced_on > {TODAY} OR held.status = '{RoundStatus.CONCLUDED}' AND held.decided_on > {TODAY}"""),
        "{title}: các ngày nhận hồ sơ, họp, quyết định, công bố không theo thứ tự hoặc ở tương lai.",
        OPEN,
        ROUND,
    ),
    Rule(
        "round-concluded-whole",
        "Kỳ đã kết luận có số và ngày biên bản, quyết định, người và thời điểm kết luận; kỳ khác thì chưa có người kết luận",
        of_round(f"""num_nulls(held.concluded_by_id, held.concluded_at) = 1
            OR (held.status = '{RoundStatus.CONCLUDED}') <> (held.concluded_at IS NOT NULL)
            OR held.status = '{RoundStatus.CONCLUDED}' AND (held.decision_number = '' OR held.decided_on IS NULL
                OR held.minutes_number = '' OR held.minutes_on IS NULL) OR held.concluded_at > clock_timestamp()"""),
        "{title}: kết luận thiếu biên bản, quyết định, người hoặc thời điểm, hoặc trạng thái không khớp.",
        OPEN,
        ROUND,
    ),
    Rule(
        "round-concluded-by-another",
        "Người lập kỳ bình chọn không tự kết luận",
        of_round(
            "held.concluded_by_id = held.created_by_id",
            "person.full_name",
            "JOIN khuyencong_user person ON person.id = held.concluded_by_id",
        ),
        "{title}: {full_name} vừa lập vừa kết luận kỳ bình chọn.",
        "Báo lãnh đạo: cần người thẩm định khác kết luận lại.",
        ROUND,
    ),
    Rule(
        "round-council-size",
        "Hội đồng của kỳ chấm bằng phiếu có đủ số thành viên của cấp (TT 26/2014 Điều 9)",
        of_round(
            f"{JUDGED} AND NOT {_people(Body.COUNCIL)} = ANY (level.council_sizes)",
            f"{_people(Body.COUNCIL)} AS members, array_to_string(level.council_sizes, ' hoặc ') AS sizes",
        ),
        "{title}: hội đồng có {members} thành viên, quy định là {sizes}.",
        OPEN,
        ROUND,
    ),
    Rule(
        "round-jury-odd",
        "Ban giám khảo của kỳ chấm bằng phiếu có số thành viên lẻ (TT 26/2014 Điều 11)",
        of_round(f"{JUDGED} AND {_people(Body.JURY)} % 2 = 0", f"{_people(Body.JURY)} AS members"),
        "{title}: ban giám khảo có {members} thành viên, phải là số lẻ.",
        OPEN,
        ROUND,
    ),
    Rule(
        "round-member-once",
        "Mỗi người có tên một lần trong hội đồng, ban giám khảo; mỗi bên có một người đứng đầu",
        of_round(
            """(other.body, other.name, other.office) = (one.body, one.name, one.office)
            OR other.body = one.body AND other.position = 'chair' AND one.position = 'chair'""",
            "one.name",
            f"JOIN {MEMBER} one ON one.round_id = held.id JOIN {MEMBER} other ON other.round_id = held.id AND other.id < one.id",
        ),
        "{title}: {name} có tên hai lần, hoặc có hai người đứng đầu.",
        OPEN,
        ROUND,
    ),
    Rule(
        "round-every-entry-decided",
        "Kỳ đã kết luận không còn hồ sơ chưa có kết quả; kỳ chưa chấm thì chưa có kết quả",
        of_round(
            f"""held.status = '{RoundStatus.CONCLUDED}' AND entry.status IN ({UNDECIDED})
            OR held.status IN ('{RoundStatus.PREPARING}', '{RoundStatus.OPEN}')
                AND entry.status IN ('{EntryStatus.PASSED}', '{EntryStatus.FAILED}')
            GROUP BY held.id, cycle.id, level.id""",
            "count(*) AS entries",
            f"JOIN {ENTRY} entry ON entry.round_id = held.id",
        ),
        "{title}: {entries} hồ sơ có kết quả không khớp với bước của kỳ bình chọn.",
        "Người thẩm định mở lại kỳ bình chọn, ghi kết quả từng hồ sơ rồi kết luận lại.",
        ROUND,
    ),
    Rule(
        "round-every-sheet",
        "Kỳ đã kết luận có phiếu của mọi giám khảo cho mọi hồ sơ được chấm",
        of_round(
            f"""held.status = '{RoundStatus.CONCLUDED}' AND held.scoring = '{Scoring.SHEETS}' AND entry.average_score IS NOT NULL
            AND entry.status <> '{EntryStatus.WITHDRAWN}' AND NOT EXISTS (SELECT 1 FROM fairs_scoresheet
                WHERE entry_id = entry.id AND juror_id = juror.id) GROUP BY held.id, cycle.id, level.id""",
            "count(*) AS sheets",
            f"""JOIN {ENTRY} entry ON entry.round_id = held.id
                JOIN {MEMBER} juror ON juror.round_id = held.id AND juror.body = '{Body.JURY}'""",
        ),
        "{title}: còn thiếu {sheets} phiếu chấm.",
        "Người thẩm định mở lại kỳ bình chọn, nhập đủ phiếu rồi kết luận lại.",
        ROUND,
    ),
    Rule(
        "round-complaints-until",
        "Hạn nhận khiếu nại là ngày làm việc thứ 15 sau ngày công bố (TT 26/2014 Điều 20)",
        of_round(
            f"held.complaints_until IS DISTINCT FROM {working_day_sql('held.announced_on', COMPLAINT_DAYS)}",
            f"held.complaints_until AS said, {working_day_sql('held.announced_on', COMPLAINT_DAYS)} AS wanted",
        ),
        "{title}: hạn nhận khiếu nại ghi {said}; theo lịch nghỉ là {wanted}.",
        "Mở kỳ bình chọn rồi lưu lại để tính lại hạn.",
        ROUND,
    ),
    Rule(
        "complaint-days",
        "Khiếu nại nhận từ ngày công bố, không ở tương lai; trả lời không trước ngày nhận; hạn và mức trễ đúng quy định",
        of_round(
            f"""held.announced_on IS NULL OR one.received_on < held.announced_on OR one.answered_on < one.received_on
            OR greatest(one.received_on, one.answered_on) > {TODAY} OR one.is_late <> (one.received_on > held.complaints_until)
            OR one.due_on <> {working_day_sql("one.received_on", ANSWER_DAYS)}""",
            "one.complainant, one.received_on, one.due_on",
            "JOIN fairs_complaint one ON one.round_id = held.id",
        ),
        "{title}: khiếu nại của {complainant} nhận {received_on}, hạn trả lời {due_on}, có ngày không hợp lệ.",
        "Mở khiếu nại, kiểm tra ngày rồi lưu lại.",
        ROUND,
    ),
    Rule(
        "complaint-whole",
        "Trả lời khiếu nại có ngày, kết quả và nội dung; hồ sơ bị khiếu nại thuộc kỳ bình chọn",
        of_round(
            """NOT (one.answered_on IS NULL AND one.outcome = '' AND one.answer = ''
                OR one.answered_on IS NOT NULL AND one.outcome <> '' AND one.answer <> '')
            OR entry.round_id <> held.id""",
            "one.complainant",
            f"JOIN fairs_complaint one ON one.round_id = held.id LEFT JOIN {ENTRY} entry ON entry.id = one.entry_id",
        ),
        "{title}: khiếu nại của {complainant} trả lời chưa trọn vẹn, hoặc về hồ sơ của kỳ khác.",
        "Mở khiếu nại, ghi đủ ngày, kết quả, nội dung và chọn đúng hồ sơ.",
        ROUND,
    ),
)
