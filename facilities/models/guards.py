"""The law of the register as triggers."""

import pgtrigger

from khuyencong.models.guards import ELSEWHERE, kin
from khuyencong.triggers import at_commit, before, refuse

counts_versions = before("counts_versions", pgtrigger.Update, "NEW.version := OLD.version + 1;")


def _name(table, column):
    return f"(SELECT name FROM {table} WHERE id = NEW.{column})"


def _province_of(table, column):
    return f"(SELECT province_id FROM {table} WHERE id = NEW.{column})"


def _province_name(id):
    return f"(SELECT name FROM khuyencong_province WHERE id = {id})"


def _elsewhere(name, table, column, here="NEW.province_id"):
    """plpgsql: refuse a row whose `column` points to a row of `table` in another province than `here`."""
    there = _province_of(table, column)
    names = [_province_name(id) for id in (there, here)]
    return f"""
    IF NEW.{column} IS NOT NULL AND NOT {kin(there, here)} THEN
        {refuse(name, ELSEWHERE, _name(table, column), *names)}
    END IF;"""


site_of_facility = before(
    "site_of_facility",
    pgtrigger.Insert | pgtrigger.Update,
    _elsewhere("facility_cluster_of_province", "facilities_industrialcluster", "cluster_id")
    + _elsewhere("facility_village_of_province", "facilities_craftvillage", "craft_village_id"),
)

site_of_project = before(
    "site_of_project",
    pgtrigger.Insert | pgtrigger.Update,
    _elsewhere(
        "project_facility_of_province",
        "facilities_facility",
        "facility_id",
        here=_province_of("facilities_industrialcluster", "cluster_id"),
    ),
)
row_of_village = before(
    "row_of_village",
    pgtrigger.Insert | pgtrigger.Update,
    _elsewhere("village_facility_of_province", "facilities_facility", "facility_id"),
)

STILL_TOGETHER = "%s (%s) đang ghi cùng %s (%s) mà hai tỉnh khác nhau. Hãy sửa chỗ ghi đó trước khi đổi tỉnh."


def _stays_together(name, *pairs):
    """Trigger: at commit, when a row's province changes, what names it and what it names are still of kindred provinces.

    Each of `pairs` is SQL: the columns facility_id, site (a name) and province_id of the pairs that NEW is part of.
    """
    return at_commit(
        name,
        pgtrigger.Update,
        f"""
        IF NEW.province_id = OLD.province_id THEN RETURN NULL; END IF;
        SELECT facility.name, facility.province_id AS there, near.site, near.province_id AS here INTO pair
            FROM ({" UNION ".join(pairs)}) near JOIN facilities_facility facility ON facility.id = near.facility_id
            WHERE NOT {kin("facility.province_id", "near.province_id")} LIMIT 1;
        IF FOUND THEN
            {refuse(name, STILL_TOGETHER, "pair.name", _province_name("pair.there"), "pair.site", _province_name("pair.here"))}
        END IF;
        """,
        declare=[("pair", "RECORD")],
    )


def _pairs(site, links, column, whose):
    """SQL for `_stays_together`: facilities named by `links` (its `column`) beside rows of the table `site`."""
    return f"""SELECT link.{column} AS facility_id, site.name AS site, site.province_id FROM {site} site
        JOIN {links} link ON {whose}"""


MEMBERS = "facilities_facility"
IN_CLUSTER = ("facilities_industrialcluster", MEMBERS, "id", "link.cluster_id = site.id")
PROJECTS = ("facilities_industrialcluster", "facilities_clusterproject", "facility_id", "link.cluster_id = site.id")
IN_VILLAGE = ("facilities_craftvillage", MEMBERS, "id", "link.craft_village_id = site.id")
AS_VILLAGE = ("facilities_craftvillage", MEMBERS, "id", "link.id = site.facility_id")
cluster_stays_with_facilities = _stays_together(
    "cluster_stays_with_facilities", *(f"{_pairs(*one)} WHERE site.id = NEW.id" for one in (IN_CLUSTER, PROJECTS))
)
village_stays_with_facilities = _stays_together(
    "village_stays_with_facilities", f"{_pairs(*IN_VILLAGE)} WHERE site.id = NEW.id"
)
facility_stays_with_sites = _stays_together(
    "facility_stays_with_sites",
    f"{_pairs(*PROJECTS)} WHERE link.facility_id = NEW.id",
    f"{_pairs(*AS_VILLAGE)} WHERE link.id = NEW.id",
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

LEASED_OVER = "Diện tích đã cho thuê (%s ha) lớn hơn đất công nghiệp của %s (%s ha)."


def _hectares(value):
    return f"replace({value}::text, '.', ',')"


figures_within_cluster = before(
    "figures_within_cluster",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    SELECT name, industrial_land INTO home FROM facilities_industrialcluster WHERE id = NEW.cluster_id FOR SHARE;
    IF NEW.leased_land > home.industrial_land THEN
        {
        refuse(
            "cluster_figures_leased_within_land",
            LEASED_OVER,
            _hectares("NEW.leased_land"),
            "home.name",
            _hectares("home.industrial_land"),
        )
    }
    END IF;
    """,
    declare=[("home", "RECORD")],
)
land_holds_figures = before(
    "land_holds_figures",
    pgtrigger.Update,
    f"""
    IF NEW.industrial_land IS NOT DISTINCT FROM OLD.industrial_land THEN RETURN NEW; END IF;
    SELECT max(leased_land) INTO most FROM facilities_clusterfigures WHERE cluster_id = NEW.id;
    IF most > NEW.industrial_land THEN
        {refuse("cluster_land_holds_leased", LEASED_OVER, _hectares("most"), "NEW.name", _hectares("NEW.industrial_land"))}
    END IF;
    """,
    declare=[("most", "NUMERIC")],
)
