"""The law of places as triggers: what lies within what, and what may follow what."""

import pgtrigger

from khuyencong.triggers import at_commit, before, refuse

NOT_COMMUNE = "%s là đơn vị cấp huyện, không phải cấp xã. Hãy chọn xã, phường, đặc khu."
NOT_DISTRICT = "%s không phải là đơn vị cấp huyện."
ELSEWHERE = "%s thuộc %s, không thuộc %s. Hãy chọn đơn vị của đúng tỉnh."
NOT_THERE_THEN = "%s phải còn hiệu lực đến khi %s hết hiệu lực. Hãy kiểm tra ngày của hai đơn vị."
HAS_COMMUNES = "%s có các xã của mình. Hãy ghi quan hệ kế thừa của từng xã."
IS_PREDECESSOR = "%s đã có quan hệ kế thừa của cả huyện nên không nhận thêm xã."
STRANGERS = "%s thuộc %s, còn %s thuộc %s: hai tỉnh này không phải là một và không sáp nhập vào nhau."
CYCLE = "Quan hệ này tạo thành vòng: %s vừa có trước vừa có sau %s."
TIMES = "%s phải hết hiệu lực trước khi %s bắt đầu. Hãy kiểm tra ngày của hai đơn vị."
DIVIDED_ALONE = "%s đã chia tách thì mọi quan hệ kế thừa của nó đều phải là chia tách; không chia tách thì chỉ có một đơn vị kế thừa."
NOT_A_CHOICE = "%s không phải là đơn vị kế thừa của %s. Hãy chọn một trong các đơn vị kế thừa."


def kin(left, right):
    """SQL: the province ids `left` and `right` are one place, or one was merged into the other, however long ago."""
    return f"""({left} = {right} OR EXISTS (
        WITH RECURSIVE older(id) AS (
            SELECT {left} UNION SELECT predecessor_id FROM khuyencong_provincelineage JOIN older ON successor_id = older.id
        ), newer(id) AS (
            SELECT {left} UNION SELECT successor_id FROM khuyencong_provincelineage JOIN newer ON predecessor_id = newer.id
        )
        SELECT 1 FROM (SELECT id FROM older UNION SELECT id FROM newer) kin WHERE kin.id = {right}))"""


def _province_name(id):
    return f"(SELECT name FROM khuyencong_province WHERE id = {id})"


# as `constraints.validity`
LAST = "(CASE WHEN {0}.valid_to IS NULL THEN NULL ELSE greatest({0}.valid_to, {0}.valid_from) END)"
SPAN = f"daterange({{0}}.valid_from, {LAST}, '[]')".format


def _ends_outside(unit, above):
    """SQL: on its last day (or, without one, from now on) `unit` is not within the days of `above`."""
    return f"NOT coalesce({LAST.format(unit)}, 'infinity') <@ {SPAN(above)}"


unit_within_parent = before(
    "unit_within_parent",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.province_id, NEW.parent_id, NEW.valid_from, NEW.valid_to) IS NOT DISTINCT FROM
            (OLD.province_id, OLD.parent_id, OLD.valid_from, OLD.valid_to) THEN RETURN NEW; END IF;
    END IF;
    SELECT * INTO above FROM khuyencong_province WHERE id = NEW.province_id;
    IF FOUND AND {_ends_outside("NEW", "above")} THEN {refuse("unit_within_province", NOT_THERE_THEN, "above.name", "NEW.name")} END IF;
    IF NEW.parent_id IS NOT NULL THEN
        SELECT * INTO above FROM khuyencong_administrativeunit WHERE id = NEW.parent_id;
        IF FOUND AND above.level <> 'district' THEN {refuse("unit_parent_is_district", NOT_DISTRICT, "above.name")} END IF;
        IF FOUND AND above.province_id <> NEW.province_id THEN
            {refuse("unit_parent_of_province", ELSEWHERE, "above.name", _province_name("above.province_id"), _province_name("NEW.province_id"))}
        END IF;
        IF FOUND AND {_ends_outside("NEW", "above")} THEN {refuse("unit_within_parent", NOT_THERE_THEN, "above.name", "NEW.name")} END IF;
        IF EXISTS (SELECT 1 FROM khuyencong_unitlineage WHERE predecessor_id = NEW.parent_id)
        THEN {refuse("unit_parent_is_no_predecessor", IS_PREDECESSOR, "above.name")} END IF;
    END IF;
    """,
    declare=[("above", "RECORD")],
)


def units_fit(table, column, code):
    """At commit, when a province's or a district's days change: the units whose `column` names it still end within them."""
    return at_commit(
        "units_fit",
        pgtrigger.Update,
        f"""
        IF (NEW.valid_from, NEW.valid_to) IS NOT DISTINCT FROM (OLD.valid_from, OLD.valid_to) THEN RETURN NULL; END IF;
        SELECT above.name AS above, unit.name AS unit INTO pair FROM khuyencong_{table} above
            JOIN khuyencong_administrativeunit unit ON unit.{column} = above.id
            WHERE above.id = NEW.id AND {_ends_outside("unit", "above")} LIMIT 1;
        IF FOUND THEN {refuse(code, NOT_THERE_THEN, "pair.above", "pair.unit")} END IF;
        """,
        declare=[("pair", "RECORD")],
    )


BETWEEN_COMMUNES = f"""
    IF became.level <> 'commune' THEN {refuse("lineage_of_communes", NOT_COMMUNE, "became.name")} END IF;
    IF was.level = 'district' AND EXISTS (SELECT 1 FROM khuyencong_administrativeunit WHERE parent_id = was.id)
    THEN {refuse("lineage_of_communes", HAS_COMMUNES, "was.name")} END IF;
    IF NOT {kin("was.province_id", "became.province_id")} THEN
        {
    refuse(
        "lineage_within_province",
        STRANGERS,
        "was.name",
        _province_name("was.province_id"),
        "became.name",
        _province_name("became.province_id"),
    )
}
    END IF;"""


def lineage(units, links=None, rules=""):
    """Triggers of a lineage table over the table `units`: no cycle, times in order, divided or whole but not both.

    `rules`: further plpgsql about the units `was` and `became`.
    """
    units, links = f"khuyencong_{units}", f"khuyencong_{links or f'{units}lineage'}"
    added = before(
        "lineage_in_order",
        pgtrigger.Insert | pgtrigger.Update,
        f"""
        SELECT * INTO was FROM {units} WHERE id = NEW.predecessor_id;
        SELECT * INTO became FROM {units} WHERE id = NEW.successor_id;
        IF EXISTS (
            WITH RECURSIVE later(id) AS (
                SELECT NEW.successor_id UNION SELECT successor_id FROM {links} JOIN later ON predecessor_id = later.id
            ) SELECT 1 FROM later WHERE id = NEW.predecessor_id
        ) THEN {refuse("lineage_without_cycle", CYCLE, "became.name", "was.name")} END IF;
        IF coalesce(was.valid_to >= coalesce(became.valid_from, '-infinity'), TRUE)
        THEN {refuse("lineage_in_order", TIMES, "was.name", "became.name")} END IF;{rules}
        """,
        declare=[("was", "RECORD"), ("became", "RECORD")],
    )
    whole_or_divided = at_commit(
        "lineage_whole_or_divided",
        pgtrigger.Insert | pgtrigger.Update,
        f"""
        IF EXISTS (SELECT 1 FROM {links} one JOIN {links} other ON other.predecessor_id = one.predecessor_id
            WHERE one.predecessor_id = NEW.predecessor_id AND one.id < other.id AND (one.kind <> 'divided' OR other.kind <> 'divided'))
        THEN {refuse("lineage_whole_or_divided", DIVIDED_ALONE, f"(SELECT name FROM {units} WHERE id = NEW.predecessor_id)")} END IF;
        """,
    )
    return [added, whole_or_divided]


def dates_keep_lineage(units, links=None):
    """At commit, when a unit's dates change: its links are still in order."""
    units, links = f"khuyencong_{units}", f"khuyencong_{links or f'{units}lineage'}"
    return at_commit(
        "dates_keep_lineage",
        pgtrigger.Update,
        f"""
        SELECT older.name AS old, newer.name AS new INTO pair FROM {links} link
            JOIN {units} older ON older.id = link.predecessor_id JOIN {units} newer ON newer.id = link.successor_id
            WHERE (older.id = NEW.id OR newer.id = NEW.id)
            AND coalesce(older.valid_to >= coalesce(newer.valid_from, '-infinity'), TRUE) LIMIT 1;
        IF FOUND THEN {refuse("lineage_in_order", TIMES, "pair.old", "pair.new")} END IF;
        """,
        declare=[("pair", "RECORD")],
    )


CURRENT_COMMUNES = """
    WITH RECURSIVE later(id, divided) AS (
        SELECT NEW.commune_id, FALSE
        UNION SELECT link.successor_id, later.divided OR link.kind = 'divided'
            FROM khuyencong_unitlineage link JOIN later ON link.predecessor_id = later.id
    ) SELECT array_agg(DISTINCT later.id) AS ids, bool_or(later.divided) AS divided INTO today
        FROM later JOIN khuyencong_administrativeunit now ON now.id = later.id WHERE now.valid_to IS NULL"""

# For rows with province, commune, commune_today and former_district: the places fit each other, the former district
# follows from a former commune, and today's commune follows where lineage leaves one answer. Else a person chooses.
place_of_record = before(
    "place_of_record",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.province_id, NEW.commune_id, NEW.commune_today_id, NEW.former_district_id) IS NOT DISTINCT FROM
            (OLD.province_id, OLD.commune_id, OLD.commune_today_id, OLD.former_district_id) THEN RETURN NEW; END IF;
    END IF;
    IF NEW.commune_id IS NULL THEN
        NEW.commune_today_id := NULL;
    ELSE
        SELECT * INTO unit FROM khuyencong_administrativeunit WHERE id = NEW.commune_id;
        IF unit.level <> 'commune' THEN {refuse("commune_is_commune", NOT_COMMUNE, "unit.name")} END IF;
        IF NOT {kin("unit.province_id", "NEW.province_id")} THEN
            {
        refuse(
            "commune_of_province",
            ELSEWHERE,
            "unit.name",
            _province_name("unit.province_id"),
            _province_name("NEW.province_id"),
        )
    }
        END IF;
        NEW.former_district_id := coalesce(unit.parent_id, NEW.former_district_id);
        {CURRENT_COMMUNES};
        IF NEW.commune_today_id IS NOT NULL AND NOT coalesce(NEW.commune_today_id = ANY (today.ids), FALSE) THEN
            IF TG_OP = 'UPDATE' AND NEW.commune_today_id IS NOT DISTINCT FROM OLD.commune_today_id THEN
                NEW.commune_today_id := NULL;
            ELSE {
        refuse(
            "commune_today_is_successor",
            NOT_A_CHOICE,
            "(SELECT name FROM khuyencong_administrativeunit WHERE id = NEW.commune_today_id)",
            "unit.name",
        )
    } END IF;
        END IF;
        IF cardinality(today.ids) = 1 AND NOT today.divided THEN NEW.commune_today_id := today.ids[1]; END IF;
    END IF;
    IF NEW.former_district_id IS NOT NULL THEN
        SELECT * INTO unit FROM khuyencong_administrativeunit WHERE id = NEW.former_district_id;
        IF unit.level <> 'district' THEN {refuse("former_district_is_district", NOT_DISTRICT, "unit.name")} END IF;
        IF NOT {kin("unit.province_id", "NEW.province_id")} THEN
            {
        refuse(
            "former_district_of_province",
            ELSEWHERE,
            "unit.name",
            _province_name("unit.province_id"),
            _province_name("NEW.province_id"),
        )
    }
        END IF;
    END IF;
    """,
    declare=[("unit", "RECORD"), ("today", "RECORD")],
)
