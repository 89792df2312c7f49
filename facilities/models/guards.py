"""The law of the register as triggers."""

import pgtrigger

from khuyencong.models.guards import ELSEWHERE, kin
from khuyencong.triggers import at_commit, before, refuse

counts_versions = before("counts_versions", pgtrigger.Update, "NEW.version := OLD.version + 1;")


def _name(table, column):
    return f"(SELECT name FROM {table} WHERE id = NEW.{column})"


def _province_of(table, column):
    return f"(SELECT province_id FROM {table} WHERE id = NEW.{column})"


def _elsewhere(name, table, column):
    """plpgsql: refuse a row whose `column` points to a row of `table` in another province."""
    there = _province_of(table, column)
    names = [f"(SELECT name FROM khuyencong_province WHERE id = {id})" for id in (there, "NEW.province_id")]
    return f"""
    IF NEW.{column} IS NOT NULL AND NOT {kin(there, "NEW.province_id")} THEN
        {refuse(name, ELSEWHERE, _name(table, column), *names)}
    END IF;"""


site_of_facility = before(
    "site_of_facility",
    pgtrigger.Insert | pgtrigger.Update,
    _elsewhere("facility_cluster_of_province", "facilities_industrialcluster", "cluster_id")
    + _elsewhere("facility_village_of_province", "facilities_craftvillage", "craft_village_id"),
)

ONLY_BY_MERGE = "Việc gộp cơ sở phải ghi người gộp và lý do: dùng trang “Gộp cơ sở trùng”."
ONLY_BY_UNDO = "%s đã gộp vào %s. Muốn tách ra, hãy hoàn tác lần gộp."
KEPT_NAME = "(SELECT name FROM facilities_facility WHERE id = OLD.merged_into_id)"
merged_by_a_merge = before(
    "merged_by_a_merge",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF NEW.merged_into_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id) THEN
        IF NOT EXISTS (SELECT 1 FROM facilities_facilitymerge merge
            WHERE merge.undone_at IS NULL AND merge.kept_id = NEW.merged_into_id
            AND (merge.duplicate_id = NEW.id OR NEW.id = ANY (merge.carried)))
        THEN {refuse("facility_merged_by_a_merge", ONLY_BY_MERGE)} END IF;
        IF EXISTS (SELECT 1 FROM facilities_facility WHERE id = NEW.merged_into_id AND merged_into_id IS NOT NULL) THEN
            {refuse("facility_kept_stands", "Cơ sở được giữ lại đã gộp vào cơ sở khác. Hãy gộp vào cơ sở đó.")}
        END IF;
        IF EXISTS (SELECT 1 FROM facilities_facility WHERE merged_into_id = NEW.id) THEN
            {refuse("facility_duplicate_holds_none", "Còn cơ sở khác đang gộp vào cơ sở này.")}
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.merged_into_id IS NULL AND OLD.merged_into_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM facilities_facilitymerge merge WHERE merge.undone_at IS NULL AND merge.duplicate_id = NEW.id)
    THEN {refuse("facility_split_by_an_undo", ONLY_BY_UNDO, _name("facilities_facility", "id"), KEPT_NAME)} END IF;
    """,
)

MERGED = "%s đã gộp vào %s. Hãy chọn %s."


def stands(name, column="facility_id"):
    """Trigger of a table whose `column` names a facility: what is written now names the kept one, not its duplicate.

    Rows written before the merge stay. Waits for a merge that is under way.
    """
    return before(
        name,
        pgtrigger.Insert | pgtrigger.Update,
        f"""
        IF TG_OP = 'UPDATE' THEN
            IF NEW.{column} IS NOT DISTINCT FROM OLD.{column} THEN RETURN NEW; END IF;
        END IF;
        PERFORM 1 FROM facilities_facility WHERE id = NEW.{column} FOR KEY SHARE;
        SELECT gone.name AS gone, kept.name AS kept INTO pair FROM facilities_facility gone
            JOIN facilities_facility kept ON kept.id = gone.merged_into_id WHERE gone.id = NEW.{column};
        IF FOUND THEN {refuse(name, MERGED, "pair.gone", "pair.kept", "pair.kept")} END IF;
        """,
        declare=[("pair", "RECORD")],
    )


MERGE_ELSEWHERE = "%s thuộc %s, không cùng tỉnh với %s. Chỉ gộp các cơ sở của cùng một tỉnh."
merge_within_province = before(
    "merge_within_province",
    pgtrigger.Insert,
    f"""
    SELECT one.name AS gone, one.province_id AS there, other.name AS kept, other.province_id AS here INTO pair
        FROM facilities_facility one, facilities_facility other WHERE one.id = NEW.duplicate_id AND other.id = NEW.kept_id;
    IF NOT {kin("pair.there", "pair.here")} THEN {
        refuse(
            "merge_within_province",
            MERGE_ELSEWHERE,
            "pair.gone",
            "(SELECT name FROM khuyencong_province WHERE id = pair.there)",
            "pair.kept",
        )
    } END IF;
    """,
    declare=[("pair", "RECORD")],
)
merge_is_kept = before(
    "merge_is_kept",
    pgtrigger.Delete,
    refuse("merge_is_kept", "Lần gộp được giữ lại để tra cứu; hãy hoàn tác thay vì xóa."),
)
merge_undone_once = before(
    "merge_undone_once",
    pgtrigger.Update,
    f"""
    IF OLD.undone_at IS NOT NULL THEN {refuse("merge_undone_once", "Lần gộp này đã được hoàn tác.")} END IF;
    IF (NEW.kept_id, NEW.duplicate_id, NEW.merged_by_id, NEW.merged_at, NEW.reason, NEW.carried, NEW.replaced) IS DISTINCT
        FROM (OLD.kept_id, OLD.duplicate_id, OLD.merged_by_id, OLD.merged_at, OLD.reason, OLD.carried, OLD.replaced)
    THEN {refuse("merge_is_final", "Nội dung lần gộp không sửa được; chỉ có thể hoàn tác.")} END IF;
    """,
)
NOT_CARRIED_OUT = "Lần gộp chưa được thực hiện trọn vẹn nên không được lưu."
merge_carried_out = at_commit(
    "merge_carried_out",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF EXISTS (SELECT 1 FROM facilities_facility facility WHERE facility.id = NEW.duplicate_id
        AND (facility.merged_into_id IS NOT NULL) <> EXISTS (SELECT 1 FROM facilities_facilitymerge merge
            WHERE merge.duplicate_id = facility.id AND merge.undone_at IS NULL))
    THEN {refuse("merge_carried_out", NOT_CARRIED_OUT)} END IF;
    """,
)

figures_within_cluster = before(
    "figures_within_cluster",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    SELECT name, industrial_land INTO home FROM facilities_industrialcluster WHERE id = NEW.cluster_id;
    IF NEW.leased_land > home.industrial_land THEN
        {
        refuse(
            "cluster_figures_leased_within_land",
            "Diện tích đã cho thuê (%s ha) lớn hơn đất công nghiệp của %s (%s ha).",
            "replace(NEW.leased_land::text, '.', ',')",
            "home.name",
            "replace(home.industrial_land::text, '.', ',')",
        )
    }
    END IF;
    """,
    declare=[("home", "RECORD")],
)
