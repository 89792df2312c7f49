"""The law of a scheme as triggers: which step follows which, who may stamp it, and what may change when.

Sentences are Vietnamese; `khuyencong.refusals` carries them to forms, admin, import and API alike.
"""

import pgtrigger

from khuyencong.enums import Role
from khuyencong.models.delegations import acts_for_sql
from khuyencong.models.guards import kin
from khuyencong.triggers import at_commit, before, refuse
from programmes.enums import AGREED, EDITABLE, FINISHED, STAMPED, Status, Verb

SCHEME = "programmes_scheme"


def _list(statuses):
    return ", ".join(f"'{status}'" for status in statuses)


def _label(column):
    """SQL that names a status as a person reads it."""
    cases = " ".join(f"WHEN '{status.value}' THEN '{status.label}'" for status in Status)
    return f"CASE {column} {cases} END"


VERB = "CASE step.verb " + " ".join(f"WHEN '{verb.value}' THEN '{verb.label}'" for verb in Verb) + " END"
ROLE = "CASE step.role " + " ".join(f"WHEN '{role.value}' THEN '{role.label.lower()}'" for role in Role) + " END"
DAY = "(NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
IN_FORCE = "{0}.valid_from <= {1} AND ({0}.valid_to IS NULL OR {0}.valid_to >= {1})".format


def binds(step, scheme, day):
    """SQL: the row `step` of the procedure binds `scheme` on `day`; where its province has rows of its own, only those."""
    here = kin("{0}.province_id", f"{scheme}.province_id").format
    own = f"""EXISTS (SELECT 1 FROM programmes_workflowstep own WHERE own.level = {scheme}.level
        AND {IN_FORCE("own", day)} AND own.province_id IS NOT NULL AND {here("own")})"""
    return f"""{step}.level = {scheme}.level AND {IN_FORCE(step, day)}
        AND CASE WHEN {step}.province_id IS NULL THEN NOT {own} ELSE {here(step)} END"""


JUDGED = (Status.APPRAISED, Status.MINISTRY, Status.DETAILED, Status.CLOSED, Status.TERMINATED)
NOTHING_ASKED = "Chưa có kinh phí đề nghị: nhập số tiền ở ít nhất một nguồn rồi gửi lại."
LINE_UNDECIDED = "Còn nguồn kinh phí chưa ghi số phê duyệt. Nhập số phê duyệt cho từng nguồn (0 nếu không duyệt)."
NOTHING_APPROVED = "Phê duyệt thì phải có kinh phí được duyệt lớn hơn 0. Nếu không duyệt, hãy chọn “Không phê duyệt”."
SOURCE_CLOSED = "%s chỉ được quyết định đến hết ngày %s. Hãy để số phê duyệt của nguồn này bằng 0 hoặc kiểm tra lại ngày quyết định."
ASSIGNED = "Đề án đã giao %s thụ lý: chỉ người đó, hoặc người được ủy quyền khi vắng mặt, thực hiện bước này."
NOT_APPRAISED = "Chưa có phiếu thẩm định đề nghị phê duyệt cho lần gửi này. Ghi phiếu thẩm định rồi thực hiện lại."
LINE_UNACCEPTED = "Còn nguồn kinh phí chưa ghi giá trị nghiệm thu. Nhập giá trị nghiệm thu của từng nguồn."
LINE_UNSETTLED = "Còn nguồn kinh phí chưa ghi số quyết toán. Chuyên viên nhập số quyết toán cho từng nguồn trước."

starts_as_draft = before(
    "scheme_starts_as_draft",
    pgtrigger.Insert,
    f"IF NEW.status <> '{Status.DRAFT}' THEN "
    + refuse("scheme_starts_as_draft", "Đề án mới phải bắt đầu từ bản nháp, rồi đi qua từng bước.")
    + " END IF;",
)

steps = before(
    "scheme_steps",
    pgtrigger.Update,
    f"""
    IF NEW.status IS NOT DISTINCT FROM OLD.status THEN RETURN NEW; END IF;
    SELECT row.* INTO step FROM programmes_workflowstep row WHERE row.source = OLD.status AND row.target = NEW.status
        AND {binds("row", "NEW", DAY)} ORDER BY row.valid_from DESC LIMIT 1;
    IF NOT FOUND THEN
        {refuse("scheme_transition", "Không thể chuyển đề án từ “%s” sang “%s”.", _label("OLD.status"), _label("NEW.status"))}
    END IF;
    IF NEW.status_by_id IS NULL OR NEW.status_at <= OLD.status_at THEN
        {refuse("scheme_status_stamped", "Mỗi bước chuyển phải ghi người thực hiện và thời điểm.")}
    END IF;
    IF (SELECT role FROM khuyencong_user WHERE id = NEW.status_by_id) <> step.role THEN
        {refuse("scheme_doer", "Bước “%s” do %s thực hiện.", VERB, ROLE)}
    END IF;
    IF (SELECT role FROM khuyencong_user WHERE id = OLD.assigned_to_id) = step.role
            AND NOT {acts_for_sql("NEW.status_by_id", "OLD.assigned_to_id", DAY)} THEN
        {refuse("scheme_assigned", ASSIGNED, "(SELECT full_name FROM khuyencong_user WHERE id = OLD.assigned_to_id)")}
    END IF;
    IF step.appraisal <> '' AND coalesce((SELECT sheet.verdict FROM programmes_appraisal sheet WHERE sheet.scheme_id = NEW.id
            AND sheet.stage = step.appraisal AND sheet.submitted_at = NEW.submitted_at ORDER BY sheet.id DESC LIMIT 1), '') <> 'pass' THEN
        {refuse("scheme_appraised", NOT_APPRAISED)}
    END IF;
    IF step.paper <> '' AND NOT EXISTS (SELECT 1 FROM programmes_steppaper paper WHERE paper.scheme_id = NEW.id
            AND paper.verb = step.verb AND paper.recorded_at >= OLD.status_at) THEN
        {refuse("scheme_step_paper", "Bước “%s” cần văn bản “%s”. Ghi số và ngày văn bản rồi thực hiện lại.", VERB, "step.paper")}
    END IF;
    IF NEW.status IN ({_list(JUDGED)}) AND NEW.status_by_id IN (NEW.created_by_id, NEW.submitted_by_id) THEN
        {refuse("scheme_step_four_eyes", "Người lập hoặc người gửi đề án không được tự thực hiện bước “%s” của đề án đó.", VERB)}
    END IF;
    IF NEW.status = '{Status.APPROVED}' AND extract(year FROM NEW.decision_on) < NEW.year - 1 THEN
        {refuse("scheme_decision_of_the_plan", "Ngày quyết định sớm hơn kế hoạch năm %s quá một năm: kiểm tra lại ngày.", "NEW.year")}
    END IF;
    IF NEW.is_flagship AND NEW.status = '{Status.SUBMITTED}'
            AND NOT EXISTS (SELECT 1 FROM programmes_schemecontent WHERE scheme_id = NEW.id) THEN
        {refuse("scheme_flagship_contents", "Đề án điểm phải có từ hai nội dung: ghi thêm nội dung khác của đề án.")}
    END IF;
    IF NEW.is_group AND NEW.status = '{Status.IN_PROGRESS}' AND OLD.status NOT IN ('{Status.DETAILED}', {_list(FINISHED)}) THEN
        {refuse("scheme_group_detailed", "Đề án nhóm phải được duyệt kế hoạch chi tiết trước khi bắt đầu thực hiện.")}
    END IF;
    IF NEW.status = '{Status.DETAILED}' AND NOT NEW.is_group THEN
        {refuse("scheme_detail_of_groups", "Chỉ đề án nhóm mới có bước duyệt kế hoạch chi tiết.")}
    END IF;
    IF NEW.accepted_on > (NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN
        {refuse("scheme_accepted_not_in_future", "Ngày nghiệm thu không được ở tương lai.")}
    END IF;
    IF NEW.settled_on > (NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN
        {refuse("scheme_settled_not_in_future", "Ngày quyết toán không được ở tương lai.")}
    END IF;
    IF NEW.decision_on > (NEW.decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN
        {refuse("scheme_decision_not_in_future", "Ngày quyết định không được ở tương lai.")}
    END IF;
    SELECT count(*) FILTER (WHERE proposed_amount > 0) AS asked, count(*) FILTER (WHERE approved_amount IS NULL) AS undecided,
        coalesce(sum(approved_amount), 0) AS approved, count(*) FILTER (WHERE settled_amount IS NULL) AS unsettled,
        count(*) FILTER (WHERE accepted_amount IS NULL) AS unaccepted
        INTO money FROM programmes_fundingline WHERE scheme_id = NEW.id;
    IF NEW.status = '{Status.SUBMITTED}' AND money.asked = 0 THEN {refuse("scheme_asks_for_money", NOTHING_ASKED)} END IF;
    IF NEW.status = '{Status.APPROVED}' THEN
        IF money.undecided > 0 THEN {refuse("scheme_every_line_decided", LINE_UNDECIDED)} END IF;
        IF money.approved = 0 THEN {refuse("scheme_approves_money", NOTHING_APPROVED)} END IF;
        SELECT source.name, to_char(source.valid_to, 'DD/MM/YYYY') AS last_day INTO closed
            FROM programmes_fundingline line JOIN programmes_fundingsource source ON source.code = line.source_id
            WHERE line.scheme_id = NEW.id AND line.approved_amount > 0 AND source.valid_to < NEW.decision_on LIMIT 1;
        IF FOUND THEN {refuse("scheme_source_open_on_decision", SOURCE_CLOSED, "closed.name", "closed.last_day")} END IF;
    END IF;
    IF NEW.status = '{Status.ACCEPTED}' AND money.unaccepted > 0 THEN
        {refuse("scheme_every_line_accepted", LINE_UNACCEPTED)}
    END IF;
    IF NEW.status = '{Status.SETTLED}' AND money.unsettled > 0 THEN {refuse("scheme_every_line_settled", LINE_UNSETTLED)} END IF;
    """,
    declare=[("money", "RECORD"), ("closed", "RECORD"), ("step", "RECORD")],
)

CONTENT_COLUMNS = [
    "code",
    "name",
    "kind",
    "level",
    "is_flagship",
    "is_group",
    "selection",
    "year",
    "province_id",
    "programme_id",
    "content_id",
    "implementing_unit_id",
    "commune_id",
    "former_district_id",
    "location",
    "objective",
    "start_on",
    "end_on",
    "created_by_id",
    "created_at",
]
SENT = "Đề án đã gửi thẩm định nên không sửa được nội dung. Rút lại hoặc chờ trả lại bổ sung rồi sửa."

locked_once_sent = before(
    "scheme_locked_once_sent",
    pgtrigger.Update,
    f"""IF OLD.status NOT IN ({_list(EDITABLE)}) AND ({" OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in CONTENT_COLUMNS)})
    THEN {refuse("scheme_locked_once_sent", SENT)} END IF;""",
)

DECIDED_COLUMNS = ["decision_number", "decision_on", "decided_at", "decided_by_id", "submitted_at", "submitted_by_id"]
STAMP_COLUMNS = [
    "status_at",
    "status_by_id",
    "status_reason",
    "accepted_on",
    "settled_on",
    "settled_by_id",
    "settlement_number",
]
stamped_by_steps_only = before(
    "scheme_stamped_by_steps_only",
    pgtrigger.Update,
    f"""IF OLD.status = NEW.status AND ({" OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in [*STAMP_COLUMNS, *DECIDED_COLUMNS])})
    THEN {refuse("scheme_stamped_by_steps_only", "Người, ngày và số văn bản của một bước chỉ ghi khi thực hiện bước đó.")} END IF;""",
)

decision_is_final = before(
    "scheme_decision_is_final",
    pgtrigger.Update,
    f"""IF OLD.status IN ({_list([s for s in STAMPED if s != Status.RETURNED])}) AND ({" OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in DECIDED_COLUMNS)})
    THEN {refuse("scheme_decision_is_final", "Quyết định đã ghi thì không sửa được.")} END IF;""",
)

only_drafts_go = before(
    "scheme_only_drafts_go",
    pgtrigger.Delete,
    f"IF OLD.status <> '{Status.DRAFT}' OR EXISTS (SELECT 1 FROM programmes_schemeevent "
    f"WHERE pgh_obj_id = OLD.id AND status <> '{Status.DRAFT}') THEN "
    + refuse(
        "scheme_only_drafts_go",
        "Chỉ xóa được bản nháp chưa từng gửi; đề án đã gửi phải giữ lại để thanh tra, kiểm tra.",
    )
    + " END IF;",
)

counts_versions = before("scheme_counts_versions", pgtrigger.Update, "NEW.version := OLD.version + 1;")

IN_YEAR = "%s không phải là đơn vị hành chính trong năm %s. Hãy chọn lại năm hoặc tỉnh."


def province_of_the_year(name):
    """The row's province existed on some day of the row's year."""
    return before(
        name,
        pgtrigger.Insert | pgtrigger.Update,
        f"""
        SELECT name INTO place FROM khuyencong_province WHERE id = NEW.province_id
            AND (extract(year FROM valid_from) > NEW.year OR extract(year FROM valid_to) < NEW.year);
        IF FOUND THEN {refuse(name, IN_YEAR, "place.name", "NEW.year")} END IF;
        """,
        declare=[("place", "RECORD")],
    )


LABELS = {
    "proposed_amount": "Số đề nghị",
    "approved_amount": "Số phê duyệt",
    "settled_amount": "Số quyết toán",
    "accepted_amount": "Giá trị nghiệm thu",
    "cost_item": "Hạng mục được hỗ trợ",
    "base_cost": "Chi phí làm căn cứ",
    "is_priority": "Hệ số ưu tiên",
    "content_id": "Nội dung",
    "unit_id": "Đơn vị phối hợp",
    "year": "Năm",
    "planned_amount": "Kinh phí của năm",
    "planned": "Kế hoạch",
    "actual": "Kết quả thực hiện",
    "facility_id": "Đơn vị thụ hưởng",
    "adjustment_reason": "Lý do điều chỉnh",
    "source_id": "Nguồn kinh phí",
    "indicator_id": "Chỉ tiêu",
    "scheme_id": "Đề án",
}


NAMED_LATER = f"grouped AND state IN ({_list([Status.APPROVED, Status.CONTRACTED])})"  # đề án nhóm, TT 36/2013 Đ10.1.a
ADDED_BY_ADJUSTMENT = f"""NEW.proposed_amount = 0 AND coalesce(NEW.approved_amount, 0) = 0
    AND state IN ({_list([*AGREED, Status.IN_PROGRESS])})"""


def stage_locks(prefix, columns, *, added_also="false", changed_also="false"):
    """Triggers of a part of a scheme: each column may change only while the scheme is in the given states.

    `columns`: column -> statuses. A part is added and removed only while the scheme is editable; the SQL conditions
    `added_also` and `changed_also` (over `state` and `grouped`) open more.
    """
    checks = "".join(
        f"IF NEW.{column} IS DISTINCT FROM OLD.{column} AND state <> ALL (ARRAY[{_list(statuses)}]::text[]) "
        f"AND NOT ({changed_also}) THEN "
        + refuse(f"{prefix}_locked", f"{LABELS[column]} không sửa được khi đề án ở trạng thái “%s”.", _label("state"))
        + " END IF;\n"
        for column, statuses in columns.items()
    )
    closed = refuse(f"{prefix}_locked", "Không thêm, bớt dòng được khi đề án ở trạng thái “%s”.", _label("state"))
    is_open = f"IF state NOT IN ({_list(EDITABLE)}) AND NOT ({{}}) THEN {closed} END IF;".format
    look = (  # one writer at a time
        f"SELECT status, is_group INTO state, grouped FROM {SCHEME} WHERE id = %s.scheme_id FOR NO KEY UPDATE;\n"
    )
    declare = [("state", "TEXT"), ("grouped", "BOOLEAN")]
    return [
        before(f"{prefix}_added_while_open", pgtrigger.Insert, look % "NEW" + is_open(added_also), declare),
        before(f"{prefix}_changed_in_its_stage", pgtrigger.Update, look % "OLD" + checks, declare),
        before(f"{prefix}_removed_while_open", pgtrigger.Delete, look % "OLD" + is_open(changed_also), declare),
    ]


CLOSED_IN_YEAR = "%s đã đóng từ sau ngày %s nên không dùng cho đề án năm %s."


def source_open_in_year(name, scheme):
    """At commit: no money is asked from a source that was closed before the scheme's year began."""
    return at_commit(
        name,
        pgtrigger.Insert | pgtrigger.Update,
        f"""
        SELECT source.name, to_char(source.valid_to, 'DD/MM/YYYY') AS last_day, scheme.year INTO closed
            FROM programmes_fundingline line JOIN programmes_fundingsource source ON source.code = line.source_id
            JOIN {SCHEME} scheme ON scheme.id = line.scheme_id
            WHERE scheme.id = {scheme} AND line.proposed_amount > 0 AND extract(year FROM source.valid_to) < scheme.year LIMIT 1;
        IF FOUND THEN {refuse("funding_line_source_open_in_year", CLOSED_IN_YEAR, "closed.name", "closed.last_day", "closed.year")} END IF;
        """,
        declare=[("closed", "RECORD")],
    )


OVER = "Tổng hỗ trợ %s cho các đơn vị thụ hưởng là %s đồng, vượt kinh phí hỗ trợ %s của đề án là %s đồng."


def beneficiaries_within_support(name, operation, scheme):
    """At commit: what the beneficiaries get is not above the support, neither proposed nor approved."""
    amount = "replace(to_char({}, 'FM999,999,999,999,999,990'), ',', '.')".format
    over = ""
    columns = (("{}.proposed_amount", "đề nghị"), ("coalesce({0}.adjusted_amount, {0}.approved_amount)", "phê duyệt"))
    for column, word in columns:
        over += f"""
        SELECT coalesce(sum({column.format("line")}), 0) INTO support FROM programmes_fundingline line
            JOIN programmes_fundingsource source ON source.code = line.source_id WHERE line.scheme_id = {
            scheme
        } AND source.is_support;
        SELECT coalesce(sum({column.format("benefit")}), 0) INTO given FROM programmes_schemebeneficiary benefit
            WHERE benefit.scheme_id = {scheme};
        IF given > support THEN {
            refuse("beneficiaries_within_support", OVER, f"'{word}'", amount("given"), f"'{word}'", amount("support"))
        } END IF;"""
    return at_commit(name, operation, over, declare=[("support", "NUMERIC"), ("given", "NUMERIC")])


ELSEWHERE = "%s thuộc %s, không thuộc địa bàn của đề án (%s)."
beneficiary_of_the_place = before(
    "beneficiary_of_the_place",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF TG_OP = 'UPDATE' THEN
        IF NEW.facility_id = OLD.facility_id AND NEW.scheme_id = OLD.scheme_id THEN RETURN NEW; END IF;
    END IF;
    SELECT facility.name, facility.province_id AS there, scheme.province_id AS here INTO pair
        FROM facilities_facility facility, {
        SCHEME
    } scheme WHERE facility.id = NEW.facility_id AND scheme.id = NEW.scheme_id;
    IF NOT {kin("pair.there", "pair.here")}
    THEN {
        refuse(
            "beneficiary_of_the_place",
            ELSEWHERE,
            "pair.name",
            "(SELECT name FROM khuyencong_province WHERE id = pair.there)",
            "(SELECT name FROM khuyencong_province WHERE id = pair.here)",
        )
    } END IF;
    """,
    declare=[("pair", "RECORD")],
)


FOREIGN_UNIT = "Đơn vị thực hiện thuộc tỉnh khác với đề án."
FOREIGN_PROGRAMME = "Chương trình khuyến công thuộc tỉnh khác với đề án."
FOREIGN_BENEFICIARY = "Đề án đang có đơn vị thụ hưởng thuộc tỉnh khác: bỏ đơn vị đó trước khi đổi tỉnh."

# At commit: unit, programme and beneficiaries are of the scheme's province, of one before it or of one after it.
parts_of_the_place = at_commit(
    "scheme_parts_of_the_place",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF TG_OP = 'UPDATE' THEN
        IF NEW.province_id = OLD.province_id AND NEW.implementing_unit_id = OLD.implementing_unit_id
            AND NEW.programme_id IS NOT DISTINCT FROM OLD.programme_id THEN RETURN NULL; END IF;
    END IF;
    SELECT province_id INTO place FROM programmes_implementingunit WHERE id = NEW.implementing_unit_id;
    IF place IS NOT NULL AND NOT {kin("NEW.province_id", "place")} THEN {refuse("scheme_unit_of_the_place", FOREIGN_UNIT)} END IF;
    SELECT province_id INTO place FROM programmes_programme WHERE id = NEW.programme_id;
    IF place IS NOT NULL AND NOT {kin("NEW.province_id", "place")} THEN {refuse("scheme_programme_of_the_place", FOREIGN_PROGRAMME)} END IF;
    FOR place IN SELECT facility.province_id FROM programmes_schemebeneficiary benefit
        JOIN facilities_facility facility ON facility.id = benefit.facility_id WHERE benefit.scheme_id = NEW.id
    LOOP
        IF NOT {kin("NEW.province_id", "place")} THEN {refuse("scheme_beneficiaries_of_the_place", FOREIGN_BENEFICIARY)} END IF;
    END LOOP;
    """,
    declare=[("place", "BIGINT")],
)
