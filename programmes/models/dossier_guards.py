"""The law of the dossier as triggers: a step waits for its papers, and a paper once given stays."""

import pgtrigger

from khuyencong.triggers import before, refuse
from programmes.dossier_steps import TARGETS
from programmes.enums import Status

ITEM, DOCUMENT = "programmes_dossieritem", "programmes_schemedocument"
LACKING = "Hồ sơ còn thiếu: %s. Bổ sung ở mục Hồ sơ rồi thực hiện lại."
FOREIGN = "Giấy tờ “%s” không thuộc hồ sơ của đề án này. Hãy chọn mục khác, hoặc để là giấy tờ khác."
FUTURE = "Ngày nhận không được ở tương lai."
FIXED = "Giấy tờ đã ghi thì không sửa được. Hãy rút lại, ghi lý do, rồi bổ sung bản đúng."
WITHDRAWN = "Giấy tờ này đã được rút lại."
STILL_NEEDED = "“%s” thuộc hồ sơ của một bước đã qua. Bổ sung bản thay thế trước, rồi mới rút lại bản này."
STAYS = "Hồ sơ đã gửi thì giấy tờ phải giữ lại. Hãy rút lại và ghi lý do thay vì xóa."

# SQL: the status that the step of an item leads to; NULL for payments.
_cases = " ".join(f"WHEN '{step.value}' THEN '{status.value}'" for step, status in TARGETS.items())
TARGET = f"CASE item.step {_cases} END"
KEPT_COLUMNS = [
    "scheme_id",
    "item_id",
    "title",
    "is_paper",
    "received_on",
    "stored_name",
    "original_name",
    "size",
    "sha256",
    "content_type",
    "note",
    "uploaded_by_id",
    "uploaded_at",
]


def applies(scheme):
    """SQL: the row `item` is asked of the row named `scheme`, whatever the day."""
    return f"""(item.level IN ('', {scheme}.level) AND item.kind IN ('', {scheme}.kind)
        AND (item.province_id IS NULL OR item.province_id = {scheme}.province_id)
        AND (item.content_id IS NULL OR EXISTS (
            SELECT 1 FROM programmes_activitycontent content WHERE item.content_id IN (content.id, content.group_id)
                AND (content.id = {scheme}.content_id
                    OR content.id IN (SELECT content_id FROM programmes_schemecontent WHERE scheme_id = {scheme}.id))))
        AND (NOT item.only_with_beneficiaries
            OR EXISTS (SELECT 1 FROM programmes_schemebeneficiary WHERE scheme_id = {scheme}.id)))"""


def valid_on(day):
    """SQL: the row `item` is in force on `day`."""
    return f"(item.valid_from <= {day} AND (item.valid_to IS NULL OR item.valid_to >= {day}))"


def given(scheme):
    """SQL: the scheme has a paper of the row `item` that was not withdrawn."""
    return f"EXISTS (SELECT 1 FROM {DOCUMENT} WHERE scheme_id = {scheme}.id AND item_id = item.id AND withdrawn_at IS NULL)"


def local_day(moment):
    """SQL: the day of a moment in Vietnam."""
    return f"({moment} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


complete = before(
    "scheme_dossier_complete",
    pgtrigger.Update,
    f"""
    IF NEW.status IS NOT DISTINCT FROM OLD.status THEN RETURN NEW; END IF;
    SELECT string_agg(item.name, '; ' ORDER BY item.position, item.id) INTO lacking FROM {ITEM} item
        WHERE item.is_required AND {TARGET} = NEW.status AND {valid_on(local_day("NEW.status_at"))}
            AND {applies("NEW")} AND NOT {given("NEW")};
    IF lacking IS NOT NULL THEN {refuse("scheme_dossier_complete", LACKING, "lacking")} END IF;
    """,
    declare=[("lacking", "TEXT")],
)

LOOK = "SELECT id, status, level, kind, province_id, content_id INTO scheme FROM programmes_scheme WHERE id = {}.scheme_id FOR NO KEY UPDATE;"

belongs = before(
    "document_belongs",
    pgtrigger.Insert,
    f"""
    {LOOK.format("NEW")}
    IF NEW.received_on > {local_day("clock_timestamp()")} THEN {refuse("document_received_not_in_future", FUTURE)} END IF;
    SELECT item.name INTO foreign_name FROM {ITEM} item WHERE item.id = NEW.item_id AND NOT {applies("scheme")};
    IF FOUND THEN {refuse("document_of_the_scheme", FOREIGN, "foreign_name")} END IF;
    """,
    declare=[("scheme", "RECORD"), ("foreign_name", "TEXT")],
)

stays = before(
    "document_stays",
    pgtrigger.Update,
    f"""
    IF {" OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in KEPT_COLUMNS)} THEN
        {refuse("document_is_fixed", FIXED)}
    END IF;
    IF OLD.withdrawn_at IS NOT NULL THEN {refuse("document_withdrawn_once", WITHDRAWN)} END IF;
    {LOOK.format("OLD")}
    SELECT item.name INTO needed FROM {ITEM} item WHERE item.id = OLD.item_id AND item.is_required
        AND EXISTS (SELECT 1 FROM programmes_schemeevent passed WHERE passed.pgh_obj_id = scheme.id AND passed.status = {TARGET})
        AND NOT EXISTS (SELECT 1 FROM {DOCUMENT} other WHERE other.scheme_id = scheme.id AND other.item_id = item.id
            AND other.withdrawn_at IS NULL AND other.id <> OLD.id);
    IF FOUND THEN {refuse("document_still_needed", STILL_NEEDED, "needed")} END IF;
    """,
    declare=[("scheme", "RECORD"), ("needed", "TEXT")],
)

goes_with_drafts = before(
    "document_goes_with_drafts",
    pgtrigger.Delete,
    f"""
    IF EXISTS (SELECT 1 FROM programmes_schemeevent WHERE pgh_obj_id = OLD.scheme_id AND status <> '{Status.DRAFT.value}')
    THEN {refuse("document_goes_with_drafts", STAYS)} END IF;
    """,
)

template_is_fixed = before(
    "paper_template_is_fixed",
    pgtrigger.Update,
    "IF NEW.content IS DISTINCT FROM OLD.content THEN "
    + refuse("paper_template_is_fixed", "Tệp của một mẫu không thay được. Hãy thêm mẫu mới rồi ngừng dùng mẫu này.")
    + " END IF;",
)
