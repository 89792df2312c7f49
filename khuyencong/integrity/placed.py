"""Records that lie in a commune: its level, its province, what became of it, the district it was in."""

from khuyencong.integrity.rules import Rule, sql
from khuyencong.integrity.tables import head, placed_models, union
from khuyencong.models.guards import kin

UNITS = "khuyencong_administrativeunit"


def _each(columns, joins, condition):
    """The question asked of every table of placed records; `this` is the record."""
    return lambda: union(
        f"SELECT {head(model)}, this.name, {columns} FROM {model._meta.db_table} this {joins} WHERE {condition}"
        for model in placed_models()
    )


AT_LEVEL = _each(
    "unit.name AS unit",
    f"""CROSS JOIN LATERAL (VALUES (this.commune_id, 'commune'), (this.commune_today_id, 'commune'),
        (this.former_district_id, 'district')) said(id, level) JOIN {UNITS} unit ON unit.id = said.id""",
    "unit.level <> said.level",
)
IN_PROVINCE = _each(
    "unit.name AS unit, here.name AS here, there.name AS there",
    f"""JOIN {UNITS} unit ON unit.id IN (this.commune_id, this.former_district_id)
        JOIN khuyencong_province here ON here.id = this.province_id JOIN khuyencong_province there ON there.id = unit.province_id""",
    f"NOT {kin('unit.province_id', 'this.province_id')}",
)
UNDER_DISTRICT = _each(
    "commune.name AS commune, district.name AS district",
    f"JOIN {UNITS} commune ON commune.id = this.commune_id JOIN {UNITS} district ON district.id = commune.parent_id",
    "this.former_district_id IS DISTINCT FROM commune.parent_id",
)


def _today():
    """`origin`: each commune that a record names; `ids`: its units of today; `divided`: a division lies on the way."""
    named = " UNION ".join(f"SELECT commune_id AS id FROM {model._meta.db_table}" for model in placed_models())
    records = _each(
        "commune.name AS commune, chosen.name AS chosen",
        f"""LEFT JOIN today ON today.origin = this.commune_id LEFT JOIN {UNITS} commune ON commune.id = this.commune_id
        LEFT JOIN {UNITS} chosen ON chosen.id = this.commune_today_id""",
        """this.commune_today_id IS NOT NULL AND NOT coalesce(this.commune_today_id = ANY (today.ids), FALSE)
        OR this.commune_today_id IS NULL AND cardinality(today.ids) = 1 AND NOT today.divided""",
    )
    return f"""
    WITH RECURSIVE later(origin, id, divided) AS (
        SELECT id, id, FALSE FROM ({named}) named WHERE id IS NOT NULL
        UNION SELECT later.origin, link.successor_id, later.divided OR link.kind = 'divided'
            FROM khuyencong_unitlineage link JOIN later ON link.predecessor_id = later.id
    ), today AS (
        SELECT later.origin, array_agg(DISTINCT later.id) AS ids, bool_or(later.divided) AS divided
            FROM later JOIN {UNITS} unit ON unit.id = later.id WHERE unit.valid_to IS NULL GROUP BY later.origin
    ) {records()}"""


AGAIN = "Mở hồ sơ, chọn lại xã, phường rồi lưu."

RULES = (
    Rule(
        "place-of-right-level",
        "Ô xã chỉ ghi đơn vị cấp xã, ô huyện cũ chỉ ghi đơn vị cấp huyện",
        sql(AT_LEVEL),
        "{what} “{name}”: {unit} không đúng cấp của ô.",
        AGAIN,
    ),
    Rule(
        "place-of-province",
        "Xã và huyện cũ của hồ sơ thuộc tỉnh của hồ sơ, hoặc tỉnh trước, sau sáp nhập",
        sql(IN_PROVINCE),
        "{what} “{name}” thuộc {here}, nhưng {unit} thuộc {there}.",
        AGAIN,
    ),
    Rule(
        "former-district-follows",
        "Huyện cũ của hồ sơ là huyện của xã đã ghi",
        sql(UNDER_DISTRICT),
        "{what} “{name}”: xã {commune} thuộc huyện {district}, nhưng hồ sơ ghi huyện khác.",
        AGAIN,
    ),
    Rule(
        "commune-today-follows",
        "Xã, phường hiện nay của hồ sơ đúng như quan hệ kế thừa",
        sql(_today),
        "{what} “{name}”: lúc ghi là {commune}, hiện nay: {chosen}, không đúng với quan hệ kế thừa.",
        "Nếu xã đã chia tách, chọn lại trên trang của hồ sơ; nếu không, quản trị hệ thống gọi services.derive_communes_today.",
    ),
)
