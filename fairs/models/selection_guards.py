"""The law of product selection as triggers (TT 26/2014): who may come, who scores, what may be certified."""

import pgtrigger

from fairs.enums import Body, EntryStatus, Reach, RoundStatus, Scoring
from fairs.models.event_guards import TODAY, day, name_of, of_province, touched
from khuyencong.enums import Role
from khuyencong.models.calendar import working_day_sql
from khuyencong.models.guards import kin
from khuyencong.triggers import before, refuse
from programmes.models.guards import province_of_the_year

CYCLE, ROUND, MEMBER, ENTRY, PAPER, SHEET, CERTIFICATE = (
    f"fairs_{name}"
    for name in ("selectioncycle", "selectionround", "roundmember", "entry", "entrypaper", "scoresheet", "certificate")
)
COMPLAINT_DAYS, ANSWER_DAYS = 15, 10  # working days, TT 26/2014 Đ20


def label(column, choices):
    """SQL that names a choice as a person reads it."""
    return f"CASE {column} " + " ".join(f"WHEN '{one.value}' THEN '{one.label}'" for one in choices) + " END"


def valid_on(row, on):
    """SQL: the dated row is in force."""
    return f"({row}.valid_from <= {on} AND ({row}.valid_to IS NULL OR {row}.valid_to >= {on}))"


points = "replace(trim_scale({})::text, '.', ',')".format

cycle_province = province_of_the_year("selection_cycle_province_of_the_year")
cycle_stays = before(
    "cycle_stays",
    pgtrigger.Update,
    f"""
    IF NEW.province_id <> OLD.province_id AND EXISTS (SELECT 1 FROM {ROUND} WHERE cycle_id = NEW.id) THEN
        {refuse("selection_cycle_province_stays", "Đợt này đã có kỳ bình chọn nên không đổi được tỉnh.")}
    END IF;
    IF NEW.year <> OLD.year AND EXISTS (SELECT 1 FROM {ROUND} WHERE cycle_id = NEW.id AND status = '{RoundStatus.CONCLUDED}') THEN
        {refuse("selection_cycle_year_stays", "Đợt này đã có kỳ bình chọn kết luận nên không đổi được năm.")}
    END IF;
    """,
)
AS_RECOGNISED = (
    "Sản phẩm đã được công nhận nên tên, nhóm và bộ sản phẩm giữ như trong quyết định. Hãy ghi thành sản phẩm mới."
)
product_stays = before(
    "product_stays",
    pgtrigger.Update,
    f"""
    IF NEW.facility_id <> OLD.facility_id AND EXISTS (SELECT 1 FROM {ENTRY} WHERE product_id = NEW.id) THEN
        {refuse("product_facility_stays", "Sản phẩm đã đăng ký bình chọn nên không đổi được cơ sở. Hãy ghi thành sản phẩm mới.")}
    END IF;
    IF (NEW.name, NEW."group", NEW.is_set, NEW.parts) IS DISTINCT FROM (OLD.name, OLD."group", OLD.is_set, OLD.parts)
        AND EXISTS (SELECT 1 FROM {ENTRY} entry JOIN {ROUND} round ON round.id = entry.round_id WHERE entry.product_id = NEW.id
            AND entry.status = '{EntryStatus.PASSED}' AND round.status = '{RoundStatus.CONCLUDED}') THEN
        {refuse("product_as_recognised", AS_RECOGNISED)}
    END IF;
    """,
)
commendation_fits = before(
    "commendation_fits",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    SELECT name INTO place FROM khuyencong_province WHERE id = NEW.province_id
        AND (extract(year FROM valid_from) > NEW.year OR extract(year FROM valid_to) < NEW.year);
    IF FOUND THEN {refuse("commendation_province_of_the_year", "%s không tồn tại trong năm %s.", "place.name", "NEW.year")} END IF;
    {of_province("commendation_of_province", "facilities_facility", "facility_id", "NEW.province_id")}
    """,
    declare=[("place", "RECORD")],
)

LEVEL_CLOSED = "%s không nhận kỳ bình chọn mới vào ngày %s (hiệu lực từ %s đến %s)."
NO_UNIT = "%s cần chọn huyện (hoặc xã) của kỳ bình chọn; các cấp khác thì để trống."
NO_REGION = "%s cần chọn khu vực; các cấp khác thì để trống."
SCORED = "Kỳ này đã có điểm hoặc kết quả nên không đổi được cách ghi điểm và ngày bắt đầu nhận hồ sơ."
OUTSIDE = "Đã có hồ sơ nhận ngày %s, ngoài thời gian nhận hồ sơ mới. Sửa ngày của hồ sơ hoặc của kỳ bình chọn."
OTHER_REGION = "%s không thuộc khu vực “%s” vào ngày %s. Chọn khu vực khác, hoặc sửa danh sách khu vực của tỉnh."
round_fits = before(
    "round_fits",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF NEW.announced_on > {TODAY} THEN
        {refuse("selection_round_announced_not_in_future", "Ngày công bố không được ở tương lai.")}
    END IF;
    NEW.complaints_until := {working_day_sql("NEW.announced_on", COMPLAINT_DAYS)};
    IF TG_OP = 'UPDATE' THEN
        IF NEW.scoring <> OLD.scoring AND EXISTS (SELECT 1 FROM {ENTRY} WHERE round_id = NEW.id
                AND (average_score IS NOT NULL OR status <> '{EntryStatus.REGISTERED}'))
            OR NEW.opens_on <> OLD.opens_on AND EXISTS (SELECT 1 FROM {SHEET} sheet JOIN {ENTRY} entry
                ON entry.id = sheet.entry_id WHERE entry.round_id = NEW.id)
        THEN {refuse("selection_round_scoring_stays", SCORED)} END IF;
        SELECT min(registered_on) AS day INTO cycle FROM {ENTRY} WHERE round_id = NEW.id
            AND (registered_on < NEW.opens_on OR registered_on > NEW.closes_on);
        IF cycle.day IS NOT NULL AND (NEW.opens_on, NEW.closes_on) IS DISTINCT FROM (OLD.opens_on, OLD.closes_on) THEN
            {refuse("selection_round_holds_entries", OUTSIDE, day("cycle.day"))}
        END IF;
        IF (NEW.cycle_id, NEW.level_id, NEW.unit_id, NEW.region_id, NEW.opens_on) IS NOT DISTINCT FROM
            (OLD.cycle_id, OLD.level_id, OLD.unit_id, OLD.region_id, OLD.opens_on) THEN RETURN NEW; END IF;
        IF EXISTS (SELECT 1 FROM {ENTRY} WHERE round_id = NEW.id)
            AND (NEW.cycle_id, NEW.level_id) IS DISTINCT FROM (OLD.cycle_id, OLD.level_id) THEN
            {refuse("selection_round_has_entries", "Kỳ này đã có hồ sơ nên không đổi được đợt và cấp.")}
        END IF;
    END IF;
    SELECT * INTO level FROM fairs_selectionlevel WHERE id = NEW.level_id;
    SELECT province_id INTO cycle FROM {CYCLE} WHERE id = NEW.cycle_id;
    IF NOT level.is_active OR NOT {valid_on("level", "NEW.opens_on")} THEN
        {
        refuse(
            "selection_round_level_open",
            LEVEL_CLOSED,
            "level.name",
            day("NEW.opens_on"),
            day("level.valid_from"),
            f"coalesce({day('level.valid_to')}, 'nay')",
        )
    }
    END IF;
    IF (level.reach = '{Reach.UNIT}') <> (NEW.unit_id IS NOT NULL) THEN
        {refuse("selection_round_unit_given", NO_UNIT, "level.name")}
    END IF;
    IF (level.reach = '{Reach.REGION}') <> (NEW.region_id IS NOT NULL) THEN
        {refuse("selection_round_region_given", NO_REGION, "level.name")}
    END IF;
    {of_province("selection_round_unit_of_province", "khuyencong_administrativeunit", "unit_id", "cycle.province_id")}
    IF NEW.region_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM fairs_provinceregion here WHERE here.region_id = NEW.region_id
        AND {valid_on("here", "NEW.opens_on")} AND {kin("here.province_id", "cycle.province_id")}) THEN
        {
        refuse(
            "selection_round_region_of_province",
            OTHER_REGION,
            name_of("khuyencong_province", "cycle.province_id"),
            name_of("fairs_selectionregion", "NEW.region_id"),
            day("NEW.opens_on"),
        )
    }
    END IF;
    """,
    declare=[("level", "RECORD"), ("cycle", "RECORD")],
)
round_starts = before(
    "round_starts",
    pgtrigger.Insert,
    f"""
    IF NEW.status <> '{RoundStatus.PREPARING}' THEN
        {refuse("selection_round_starts", "Kỳ bình chọn mới bắt đầu ở bước “Chuẩn bị”.")}
    END IF;""",
)

STEPS = (
    (RoundStatus.PREPARING, RoundStatus.OPEN),
    (RoundStatus.OPEN, RoundStatus.PREPARING),
    (RoundStatus.OPEN, RoundStatus.SCORING),
    (RoundStatus.SCORING, RoundStatus.OPEN),
    (RoundStatus.SCORING, RoundStatus.CONCLUDED),
    (RoundStatus.CONCLUDED, RoundStatus.SCORING),
)
_STEPS = ", ".join(f"('{source}', '{target}')" for source, target in STEPS)
KEPT = [
    "cycle_id",
    "level_id",
    "unit_id",
    "region_id",
    "opens_on",
    "closes_on",
    "scoring",
    "council_number",
    "council_on",
    "minutes_number",
    "minutes_on",
    "decision_number",
    "decided_on",
    "created_by_id",
]
WRONG_COUNCIL = "Hội đồng %s phải có %s thành viên; đang có %s. Sửa danh sách hội đồng rồi thực hiện lại."
EVEN_JURY = "Ban giám khảo phải có số thành viên lẻ; đang có %s."
UNDECIDED = "Còn %s hồ sơ chưa có kết quả. Ghi kết quả từng hồ sơ rồi kết luận."
UNSCORED = "Còn %s phiếu chấm chưa nhập: mỗi giám khảo chấm mọi hồ sơ hợp lệ."
round_steps = before(
    "round_steps",
    pgtrigger.Update,
    f"""
    IF OLD.status = '{RoundStatus.CONCLUDED}' AND NEW.status = OLD.status
        AND ({", ".join(f"NEW.{name}" for name in KEPT)}) IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in KEPT)})
    THEN {refuse("selection_round_is_final", "Kỳ bình chọn đã kết luận nên không sửa được.")} END IF;
    IF NEW.status = OLD.status THEN RETURN NEW; END IF;
    IF (OLD.status, NEW.status) NOT IN ({_STEPS}) THEN
        {
        refuse(
            "selection_round_transition",
            "Không thể chuyển kỳ bình chọn từ “%s” sang “%s”.",
            label("OLD.status", RoundStatus),
            label("NEW.status", RoundStatus),
        )
    }
    END IF;
    IF OLD.status = '{RoundStatus.CONCLUDED}' AND EXISTS (SELECT 1 FROM {CERTIFICATE} WHERE round_id = NEW.id) THEN
        {refuse("selection_round_has_certificates", "Kỳ này đã cấp giấy chứng nhận nên không mở lại được.")}
    END IF;
    IF NEW.scoring = '{Scoring.SHEETS}' AND (OLD.status = '{RoundStatus.OPEN}' AND NEW.status = '{RoundStatus.SCORING}'
        OR NEW.status = '{RoundStatus.CONCLUDED}') THEN
        SELECT level.name, level.council_sizes, count(*) FILTER (WHERE member.body = '{Body.COUNCIL}') AS council,
            count(*) FILTER (WHERE member.body = '{Body.JURY}') AS jury INTO people FROM fairs_selectionlevel level
            LEFT JOIN {MEMBER} member ON member.round_id = NEW.id WHERE level.id = NEW.level_id GROUP BY level.id;
        IF NOT people.council = ANY (people.council_sizes) THEN
            {
        refuse(
            "selection_round_council_size",
            WRONG_COUNCIL,
            "lower(people.name)",
            "array_to_string(people.council_sizes, ' hoặc ')",
            "people.council",
        )
    }
        END IF;
        IF people.jury % 2 = 0 THEN {refuse("selection_round_jury_odd", EVEN_JURY, "people.jury")} END IF;
    END IF;
    IF NEW.status = '{RoundStatus.CONCLUDED}' THEN
        IF (SELECT role FROM khuyencong_user WHERE id = NEW.concluded_by_id) <> '{Role.REVIEWER}' THEN
            {refuse("selection_round_by_reviewer", "Kỳ bình chọn do người thẩm định kết luận.")}
        END IF;
        IF NEW.decided_on > {TODAY} THEN
            {refuse("selection_round_decided_not_in_future", "Ngày quyết định không được ở tương lai.")}
        END IF;
        SELECT count(*) INTO missing FROM {ENTRY} WHERE round_id = NEW.id
            AND status IN ('{EntryStatus.REGISTERED}', '{EntryStatus.COMPLETE}');
        IF missing > 0 THEN {refuse("selection_round_every_entry_decided", UNDECIDED, "missing")} END IF;
        IF NEW.scoring = '{Scoring.SHEETS}' THEN
            SELECT count(*) INTO missing FROM {ENTRY} entry JOIN {MEMBER} juror ON juror.round_id = entry.round_id
                AND juror.body = '{Body.JURY}' WHERE entry.round_id = NEW.id AND entry.average_score IS NOT NULL
                AND entry.status <> '{EntryStatus.WITHDRAWN}'
                AND NOT EXISTS (SELECT 1 FROM {SHEET} WHERE entry_id = entry.id AND juror_id = juror.id);
            IF missing > 0 THEN {refuse("selection_round_every_sheet", UNSCORED, "missing")} END IF;
        END IF;
    END IF;
    """,
    declare=[("people", "RECORD"), ("missing", "BIGINT")],
)


def of_unconcluded(name):
    """Rows of a round that was concluded stay; waits for a conclusion that is under way."""
    return before(
        name,
        pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        f"""
        FOR held IN SELECT id, status FROM {ROUND} WHERE id IN {touched("round_id")} ORDER BY id FOR SHARE LOOP
            IF held.status = '{RoundStatus.CONCLUDED}' THEN
                {refuse("selection_round_is_final", "Kỳ bình chọn đã kết luận nên không sửa được.")}
            END IF;
        END LOOP;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        IF TG_OP = 'UPDATE' AND (NEW.round_id, NEW.body) <> (OLD.round_id, OLD.body)
            AND EXISTS (SELECT 1 FROM {SHEET} WHERE juror_id = OLD.id) THEN
            {refuse("round_member_has_sheets", "Giám khảo đã có phiếu chấm nên không chuyển sang nơi khác được.")}
        END IF;
        """,
        declare=[("held", "RECORD")],
    )


CLOSED = "Kỳ bình chọn đang ở bước “%s” nên không nhận hồ sơ mới."
OUT_OF_TIME = "Hồ sơ nhận ngày %s, ngoài thời gian nhận hồ sơ của kỳ bình chọn (từ %s đến %s)."
NO_LOWER = "%s cần giấy chứng nhận còn giá trị của %s (TT 26/2014 Đ12.2). Chọn giấy chứng nhận của sản phẩm này."
NO_GROUND = "Chọn giấy chứng nhận của %s, hoặc ghi lý do nếu nơi sản xuất không tổ chức kỳ bình chọn ở cấp đó (TT 26/2014 Đ12.2.d)."
HELD_THERE = "%s có tổ chức kỳ bình chọn trong đợt này, nên sản phẩm cần giấy chứng nhận của cấp đó."
OTHER_PRODUCT = "Giấy chứng nhận %s là của sản phẩm khác."
NOT_LOWER = "Giấy chứng nhận %s là của %s; kỳ này cần giấy chứng nhận của cấp liền dưới."
NOT_VALID = "Giấy chứng nhận %s không còn giá trị vào ngày nhận hồ sơ %s (có giá trị đến %s)."
entry_fits = before(
    "entry_fits",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    SELECT one.*, level.rank, level.name AS level_name, cycle.province_id INTO round FROM {ROUND} one
        JOIN fairs_selectionlevel level ON level.id = one.level_id JOIN {CYCLE} cycle ON cycle.id = one.cycle_id
        WHERE one.id = NEW.round_id FOR SHARE OF one;
    IF TG_OP = 'INSERT' THEN
        IF round.status NOT IN ('{RoundStatus.PREPARING}', '{RoundStatus.OPEN}') THEN
            {refuse("entry_round_open", CLOSED, label("round.status", RoundStatus))}
        END IF;
        IF NEW.status <> '{EntryStatus.REGISTERED}' THEN
            {refuse("entry_starts_registered", "Hồ sơ mới bắt đầu ở trạng thái “Đã đăng ký”.")}
        END IF;
    ELSE
        IF NEW.round_id <> OLD.round_id THEN
            {refuse("entry_stays_in_round", "Hồ sơ không chuyển sang kỳ bình chọn khác được.")}
        END IF;
        IF NEW.product_id <> OLD.product_id AND OLD.status <> '{EntryStatus.REGISTERED}' THEN
            {refuse("entry_product_stays", "Hồ sơ đã xét nên không đổi được sản phẩm: chuyển về “Đã đăng ký” trước.")}
        END IF;
        IF round.status = '{
        RoundStatus.CONCLUDED
    }' AND (NEW.product_id, NEW.registered_on, NEW.number, NEW.lower_certificate_id,
            NEW.skip_ground, NEW.status, NEW.average_score, NEW.remark) IS DISTINCT FROM (OLD.product_id, OLD.registered_on,
            OLD.number, OLD.lower_certificate_id, OLD.skip_ground, OLD.status, OLD.average_score, OLD.remark) THEN
            {refuse("selection_round_is_final", "Kỳ bình chọn đã kết luận nên không sửa được.")}
        END IF;
    END IF;
    IF round.scoring = '{Scoring.SHEETS}' AND round.status <> '{RoundStatus.CONCLUDED}' THEN
        NEW.average_score := (SELECT round(avg(total), 2) FROM {SHEET} WHERE entry_id = NEW.id);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.product_id, NEW.registered_on, NEW.lower_certificate_id, NEW.skip_ground) IS NOT DISTINCT FROM
            (OLD.product_id, OLD.registered_on, OLD.lower_certificate_id, OLD.skip_ground) THEN RETURN NEW; END IF;
    END IF;
    SELECT product.facility_id, facility.former_district_id, facility.province_id, facility.name INTO maker
        FROM fairs_product product JOIN facilities_facility facility ON facility.id = product.facility_id
        WHERE product.id = NEW.product_id FOR SHARE OF product;
    IF NOT {kin("maker.province_id", "round.province_id")} THEN
        {refuse("entry_product_of_province", "%s không thuộc tỉnh của đợt bình chọn.", "maker.name")}
    END IF;
    IF NEW.registered_on > {TODAY} THEN {
        refuse("entry_not_in_future", "Ngày nhận hồ sơ không được ở tương lai.")
    } END IF;
    IF NEW.registered_on < round.opens_on OR NEW.registered_on > round.closes_on THEN
        {
        refuse(
            "entry_in_time",
            OUT_OF_TIME,
            day("NEW.registered_on"),
            day("round.opens_on"),
            f"coalesce({day('round.closes_on')}, 'nay')",
        )
    }
    END IF;
    SELECT level.* INTO lower FROM fairs_selectionlevel level WHERE level.rank < round.rank AND level.is_active
        AND {valid_on("level", "NEW.registered_on")} ORDER BY level.rank DESC LIMIT 1;
    IF NEW.lower_certificate_id IS NULL THEN
        IF lower.id IS NOT NULL AND NOT lower.may_be_skipped THEN
            {refuse("entry_has_lower_certificate", NO_LOWER, "round.level_name", "lower(lower.name)")}
        END IF;
        IF lower.id IS NOT NULL AND NEW.skip_ground = '' THEN
            {refuse("entry_skip_has_ground", NO_GROUND, "lower(lower.name)")}
        END IF;
        IF lower.id IS NOT NULL AND EXISTS (SELECT 1 FROM {ROUND} held WHERE held.cycle_id = round.cycle_id
            AND held.level_id = lower.id AND held.unit_id = maker.former_district_id) THEN
            {
        refuse(
            "entry_skip_where_none_held",
            HELD_THERE,
            name_of("khuyencong_administrativeunit", "maker.former_district_id"),
        )
    }
        END IF;
        RETURN NEW;
    END IF;
    SELECT certificate.*, entry.product_id, level.rank, level.name AS level_name INTO below FROM {
        CERTIFICATE
    } certificate
        JOIN {ENTRY} entry ON entry.id = certificate.entry_id JOIN {ROUND} won ON won.id = entry.round_id
        JOIN fairs_selectionlevel level ON level.id = won.level_id WHERE certificate.id = NEW.lower_certificate_id FOR SHARE OF certificate;
    IF below.product_id <> NEW.product_id THEN {
        refuse("entry_certificate_of_product", OTHER_PRODUCT, "below.number")
    } END IF;
    IF below.rank >= round.rank OR below.rank < lower.rank THEN
        {refuse("entry_certificate_is_lower", NOT_LOWER, "below.number", "lower(below.level_name)")}
    END IF;
    IF NEW.registered_on NOT BETWEEN below.issued_on AND below.valid_to OR below.revoked_on <= NEW.registered_on THEN
        {
        refuse(
            "entry_certificate_is_valid",
            NOT_VALID,
            "below.number",
            day("NEW.registered_on"),
            day("least(below.valid_to, below.revoked_on)"),
        )
    }
    END IF;
    """,
    declare=[("round", "RECORD"), ("maker", "RECORD"), ("lower", "fairs_selectionlevel%ROWTYPE"), ("below", "RECORD")],
)

ENTRY_STEPS = (
    (EntryStatus.REGISTERED, EntryStatus.COMPLETE),
    (EntryStatus.COMPLETE, EntryStatus.REGISTERED),
    (EntryStatus.REGISTERED, EntryStatus.WITHDRAWN),
    (EntryStatus.COMPLETE, EntryStatus.WITHDRAWN),
    (EntryStatus.WITHDRAWN, EntryStatus.REGISTERED),
    (EntryStatus.REGISTERED, EntryStatus.FAILED),
    (EntryStatus.COMPLETE, EntryStatus.PASSED),
    (EntryStatus.COMPLETE, EntryStatus.FAILED),
    (EntryStatus.PASSED, EntryStatus.COMPLETE),
    (EntryStatus.FAILED, EntryStatus.COMPLETE),
    (EntryStatus.FAILED, EntryStatus.REGISTERED),
)
_ENTRY_STEPS = ", ".join(f"('{source}', '{target}')" for source, target in ENTRY_STEPS)
DECIDED = ", ".join(f"'{status}'" for status in (EntryStatus.PASSED, EntryStatus.FAILED))
LACKING = "Hồ sơ còn thiếu: %s. Ghi các giấy tờ đã nhận rồi thực hiện lại."
NOT_ENOUGH = "Điểm trung bình %s, chưa đạt %s điểm nên không được công nhận (TT 26/2014 Đ17)."
PASS_MARK = f"""(SELECT pass_mark FROM fairs_scorescale scale WHERE {valid_on("scale", "round.opens_on")}
    ORDER BY scale.valid_from DESC LIMIT 1)"""


def lacking_papers(entry):
    """SQL rows `item`: required papers that the row `entry` lacks on the day it was registered."""
    return f"""SELECT item.* FROM fairs_entryitem item WHERE item.is_required AND {valid_on("item", f"{entry}.registered_on")}
        AND (NOT item.above_first OR {entry}.lower_certificate_id IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM {PAPER} paper WHERE paper.entry_id = {entry}.id AND paper.item_id = item.id)"""


entry_steps = before(
    "entry_steps",
    pgtrigger.Update,
    f"""
    IF NEW.status = OLD.status AND NEW.average_score IS NOT DISTINCT FROM OLD.average_score THEN RETURN NEW; END IF;
    SELECT status, scoring, opens_on INTO round FROM {ROUND} WHERE id = NEW.round_id;
    IF NEW.status = '{EntryStatus.PASSED}' AND (NEW.average_score >= {PASS_MARK}) IS NOT TRUE THEN
        {
        refuse(
            "entry_passes_by_points",
            NOT_ENOUGH,
            f"coalesce({points('NEW.average_score')}, 'chưa có')",
            f"coalesce({points(PASS_MARK)}, '(chưa có thang điểm)')",
        )
    }
    END IF;
    IF NEW.status = OLD.status THEN RETURN NEW; END IF;
    IF (OLD.status, NEW.status) NOT IN ({_ENTRY_STEPS}) THEN
        {
        refuse(
            "entry_transition",
            "Không thể chuyển hồ sơ từ “%s” sang “%s”.",
            label("OLD.status", EntryStatus),
            label("NEW.status", EntryStatus),
        )
    }
    END IF;
    IF (OLD.status IN ({DECIDED}) OR NEW.status IN ({DECIDED})) <> (round.status = '{RoundStatus.SCORING}') THEN
        {
        refuse(
            "entry_step_of_round",
            "Kỳ bình chọn đang ở bước “%s”: chưa làm được việc này.",
            label("round.status", RoundStatus),
        )
    }
    END IF;
    IF NEW.status = '{EntryStatus.COMPLETE}' AND OLD.status = '{EntryStatus.REGISTERED}' AND round.scoring = '{
        Scoring.SHEETS
    }' THEN
        SELECT string_agg(item.name, '; ' ORDER BY item.position, item.id) AS names INTO lack FROM ({
        lacking_papers("NEW")
    }) item;
        IF lack.names IS NOT NULL THEN {refuse("entry_papers_complete", LACKING, "lack.names")} END IF;
    END IF;
    """,
    declare=[("round", "RECORD"), ("lack", "RECORD")],
)
entry_kept = before(
    "entry_kept",
    pgtrigger.Delete,
    f"""
    IF OLD.status <> '{EntryStatus.REGISTERED}' OR NOT EXISTS (SELECT 1 FROM {ROUND} WHERE id = OLD.round_id
        AND status IN ('{RoundStatus.PREPARING}', '{RoundStatus.OPEN}')) THEN
        {refuse("entry_kept", "Chỉ xóa được hồ sơ vừa đăng ký. Hồ sơ đã xét thì ghi là rút.")}
    END IF;
    """,
)


def of_changeable_entry(name):
    """Papers are added until the round is concluded; taken away only while the dossier is merely registered."""
    return before(
        name,
        pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        f"""
        FOR dossier IN SELECT entry.status, round.status AS step FROM {ENTRY} entry JOIN {ROUND} round
            ON round.id = entry.round_id WHERE entry.id IN {touched("entry_id")} ORDER BY entry.id FOR SHARE OF entry LOOP
            IF dossier.step = '{RoundStatus.CONCLUDED}' THEN
                {refuse("selection_round_is_final", "Kỳ bình chọn đã kết luận nên không sửa được.")}
            END IF;
            IF TG_OP <> 'INSERT' AND dossier.status <> '{EntryStatus.REGISTERED}' THEN
                {refuse("entry_paper_of_registered", "Hồ sơ đã hợp lệ: chuyển hồ sơ về “Đã đăng ký” rồi mới sửa giấy tờ.")}
            END IF;
        END LOOP;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        IF NEW.received_on > {TODAY} THEN {refuse("entry_paper_not_in_future", "Ngày nhận không được ở tương lai.")} END IF;
        """,
        declare=[("dossier", "RECORD")],
    )


TOO_MANY_POINTS = "Tiêu chí “%s” nhiều nhất %s điểm; phiếu ghi %s."
CRITERIA = {
    "market": "thị trường, khả năng phát triển",
    "economic": "kinh tế, kỹ thuật, xã hội, môi trường",
    "cultural": "văn hóa, thẩm mỹ",
    "other": "tiêu chí khác",
}
_WITHIN = "".join(
    f"""
    IF NEW.{name} > scale.{name}_most THEN
        {refuse(f"score_sheet_{name}_within", TOO_MANY_POINTS, f"'{words}'", points(f"scale.{name}_most"), points(f"NEW.{name}"))}
    END IF;"""
    for name, words in CRITERIA.items()
)
sheet_fits = before(
    "sheet_fits",
    pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    f"""
    SELECT entry.status, entry.round_id, round.status AS step, round.scoring, round.opens_on INTO home
        FROM {ENTRY} entry JOIN {ROUND} round ON round.id = entry.round_id
        WHERE entry.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.entry_id ELSE NEW.entry_id END FOR SHARE OF round;
    IF home.step <> '{RoundStatus.SCORING}' OR home.scoring <> '{Scoring.SHEETS}' OR home.status <> '{EntryStatus.COMPLETE}' THEN
        {refuse("score_sheet_while_scoring", "Chỉ ghi phiếu chấm khi kỳ bình chọn đang chấm điểm và hồ sơ hợp lệ.")}
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF TG_OP = 'UPDATE' AND (NEW.entry_id, NEW.juror_id) <> (OLD.entry_id, OLD.juror_id) THEN
        {refuse("score_sheet_stays", "Phiếu chấm không chuyển sang hồ sơ hay giám khảo khác được.")}
    END IF;
    PERFORM 1 FROM {MEMBER} WHERE id = NEW.juror_id AND round_id = home.round_id AND body = '{Body.JURY}' FOR SHARE;
    IF NOT FOUND THEN
        {refuse("score_sheet_of_juror", "Người chấm không thuộc ban giám khảo của kỳ bình chọn này.")}
    END IF;
    SELECT * INTO scale FROM fairs_scorescale WHERE valid_from <= home.opens_on
        AND (valid_to IS NULL OR valid_to >= home.opens_on) ORDER BY valid_from DESC LIMIT 1;
    IF NOT FOUND THEN {refuse("score_sheet_has_scale", "Chưa có thang điểm của thời gian này. Quản trị thêm thang điểm trước.")} END IF;
    {_WITHIN}
    """,
    declare=[("home", "RECORD"), ("scale", "RECORD")],
)
# The average follows: the dossier computes it anew, and under its own lock, so that sheets saved at once all count.
sheet_averages = pgtrigger.Trigger(
    name="sheet_averages",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""UPDATE {ENTRY} SET average_score = average_score
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.entry_id ELSE NEW.entry_id END;
    RETURN NULL;""",
)

RESTED_ON = (
    "Hồ sơ cấp trên nhận ngày %s dựa vào giấy chứng nhận này: ngày cấp và ngày hết giá trị phải bao gồm ngày đó."
)
LAST_DAY = "make_date(extract(year FROM NEW.issued_on)::int + {} - 1, 12, 31)"
TOO_LONG = "Giấy chứng nhận có giá trị nhiều nhất đến %s theo thời hạn của văn bản."
certificate_fits = before(
    "certificate_fits",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    SELECT entry.status, entry.round_id, round.status AS step, round.decided_on INTO won FROM {ENTRY} entry
        JOIN {ROUND} round ON round.id = entry.round_id WHERE entry.id = NEW.entry_id FOR SHARE OF round;
    IF won.status <> '{EntryStatus.PASSED}' OR won.step <> '{RoundStatus.CONCLUDED}' THEN
        {refuse("certificate_of_passed", "Chỉ cấp giấy chứng nhận cho sản phẩm được công nhận trong kỳ bình chọn đã kết luận.")}
    END IF;
    NEW.round_id := won.round_id;
    IF NEW.issued_on < won.decided_on THEN
        {refuse("certificate_after_decision", "Ngày cấp không được trước ngày quyết định công nhận (%s).", day("won.decided_on"))}
    END IF;
    IF greatest(NEW.issued_on, NEW.revoked_on) > {TODAY} THEN
        {refuse("certificate_not_in_future", "Ngày cấp, ngày thu hồi không được ở tương lai.")}
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.issued_on <> OLD.issued_on AND NEW.valid_to = OLD.valid_to THEN NEW.valid_to := NULL; END IF;
    IF NEW.valid_to IS NULL THEN
        NEW.valid_to := (SELECT {LAST_DAY.format("rule.years")}
            FROM fairs_certificaterule rule WHERE {valid_on("rule", "NEW.issued_on")} ORDER BY rule.valid_from DESC LIMIT 1);
    END IF;
    SELECT {LAST_DAY.format("max(years)")} INTO latest FROM fairs_certificaterule;
    IF NEW.valid_to > latest THEN {refuse("certificate_valid_within_rule", TOO_LONG, day("latest"))} END IF;
    IF NEW.valid_to IS NULL THEN
        {refuse("certificate_validity_known", "Chưa có thời hạn của giấy chứng nhận cho ngày cấp này: nhập ngày hết giá trị.")}
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.entry_id <> OLD.entry_id OR OLD.revoked_on IS NOT NULL AND NEW.revoked_on IS NULL) THEN
        {refuse("certificate_stays", "Giấy chứng nhận không chuyển sang hồ sơ khác, và đã thu hồi thì không khôi phục.")}
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.issued_on, NEW.valid_to) <> (OLD.issued_on, OLD.valid_to) THEN
        SELECT registered_on INTO won FROM {ENTRY} WHERE lower_certificate_id = NEW.id
            AND registered_on NOT BETWEEN NEW.issued_on AND NEW.valid_to LIMIT 1;
        IF FOUND THEN {refuse("certificate_holds_promotions", RESTED_ON, day("won.registered_on"))} END IF;
    END IF;
    """,
    declare=[("won", "RECORD"), ("latest", "DATE")],
)
certificate_kept = before(
    "certificate_kept",
    pgtrigger.Delete,
    refuse("certificate_kept", "Giấy chứng nhận được giữ lại để tra cứu; hãy thu hồi thay vì xóa."),
)

NO_CERTIFICATE = "%s không có giấy chứng nhận còn giá trị trong năm %s nên không phải báo cáo."
# Rows (facility_id of the kept one, certificate_id, first and last year): who has to report in which years (Đ22.2).
HOLDERS = f"""
    SELECT coalesce(facility.merged_into_id, facility.id) AS facility_id, certificate.id AS certificate_id,
        extract(year FROM certificate.issued_on)::int AS first_year,
        extract(year FROM least(certificate.valid_to, certificate.revoked_on))::int AS last_year
        FROM {CERTIFICATE} certificate JOIN {ENTRY} entry ON entry.id = certificate.entry_id
        JOIN fairs_product product ON product.id = entry.product_id
        JOIN facilities_facility facility ON facility.id = product.facility_id"""
report_of_holder = before(
    "report_of_holder",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF NEW.received_on > {TODAY} OR NEW.year > extract(year FROM {TODAY}) THEN
        {refuse("holder_report_not_in_future", "Năm báo cáo và ngày nhận không được ở tương lai.")}
    END IF;
    IF NOT EXISTS (SELECT 1 FROM ({HOLDERS}) holder WHERE NEW.year BETWEEN holder.first_year AND holder.last_year
        AND holder.facility_id = (SELECT coalesce(merged_into_id, id) FROM facilities_facility WHERE id = NEW.facility_id)) THEN
        {refuse("holder_report_of_holder", NO_CERTIFICATE, name_of("facilities_facility", "NEW.facility_id"), "NEW.year")}
    END IF;
    """,
)

complaint_fits = before(
    "complaint_fits",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    SELECT announced_on, complaints_until INTO told FROM {ROUND} WHERE id = NEW.round_id FOR SHARE;
    IF told.announced_on IS NULL THEN
        {refuse("complaint_after_announcement", "Kỳ bình chọn chưa công bố kết quả: ghi ngày công bố trước.")}
    END IF;
    IF NEW.received_on < told.announced_on OR greatest(NEW.received_on, NEW.answered_on) > {TODAY} THEN
        {refuse("complaint_received_in_time", "Ngày nhận phải từ ngày công bố (%s), và không ở tương lai.", day("told.announced_on"))}
    END IF;
    IF NEW.entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {ENTRY} WHERE id = NEW.entry_id AND round_id = NEW.round_id) THEN
        {refuse("complaint_entry_of_round", "Hồ sơ bị khiếu nại không thuộc kỳ bình chọn này.")}
    END IF;
    NEW.is_late := NEW.received_on > told.complaints_until;
    NEW.due_on := {working_day_sql("NEW.received_on", ANSWER_DAYS)};
    """,
    declare=[("told", "RECORD")],
)
# A corrected day of announcement moves the window of 15 working days: complaints are looked at anew.
complaints_follow = pgtrigger.Trigger(
    name="complaints_follow",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    func="""IF NEW.announced_on IS DISTINCT FROM OLD.announced_on THEN
        UPDATE fairs_complaint SET round_id = round_id WHERE round_id = NEW.id;
    END IF;
    RETURN NULL;""",
)
