"""Provinces, districts and communes in time: what was where, and what followed what."""

from khuyencong.integrity.rules import Rule, Severity, sql

REFORM = "DATE '2025-07-01'"  # NQ 202/2025/QH15: 34 provinces, 3.321 communes, no districts
ALL_LOADED = 3000  # fewer communes on that day: the reference data is not loaded

UNIT = "khuyencong.AdministrativeUnit"
PROVINCE = "khuyencong.Province"
FIX = "Sửa ngày hoặc mã trong trang quản trị địa bàn, theo văn bản quyết định."


def overlap(one, other):
    """SQL: the validity of two rows has a day in common; also where a row's own dates are in disorder."""
    return (
        f"(coalesce({one}.valid_from, '-infinity') <= coalesce({other}.valid_to, 'infinity') "
        f"AND coalesce({other}.valid_from, '-infinity') <= coalesce({one}.valid_to, 'infinity'))"
    )


def _links(model, units, links, province):
    return f"""
    SELECT link.id, 'khuyencong.{model}' AS model, {province} AS province_id, link.kind, link.predecessor_id,
        link.successor_id, older.name AS old, older.valid_to AS ended, newer.name AS new, newer.valid_from AS began
        FROM {links} link JOIN {units} older ON older.id = link.predecessor_id JOIN {units} newer ON newer.id = link.successor_id"""


OF_PROVINCES = _links("ProvinceLineage", "khuyencong_province", "khuyencong_provincelineage", "older.id")
OF_UNITS = _links("UnitLineage", "khuyencong_administrativeunit", "khuyencong_unitlineage", "older.province_id")


def _of_both(query):
    """The question asked of the lineage of provinces and of that of units."""
    return "\nUNION ALL\n".join(f"({query.format(links=links)})" for links in (OF_PROVINCES, OF_UNITS))


IN_DISORDER = "\nUNION ALL\n".join(
    f"SELECT {table}.id, '{model}' AS model, {province} AS province_id, name, valid_from, valid_to FROM {table} WHERE valid_to < valid_from"
    for model, table, province in (
        (PROVINCE, "khuyencong_province", "id"),
        (UNIT, "khuyencong_administrativeunit", "province_id"),
        ("khuyencong.AgencyName", "khuyencong_agencyname", "province_id"),
    )
)

RULES = (
    Rule(
        "province-code-overlap",
        "Mỗi mã tỉnh chỉ là của một đơn vị tại một thời điểm",
        sql(f"""
            SELECT one.id, one.id AS province_id, one.code, one.name, other.name AS other FROM khuyencong_province one
                JOIN khuyencong_province other ON other.code = one.code AND one.id < other.id WHERE {overlap("one", "other")}"""),
        "Mã tỉnh {code} vừa là của {name} vừa là của {other} trong cùng một khoảng thời gian.",
        FIX,
        PROVINCE,
    ),
    Rule(
        "unit-code-overlap",
        "Mỗi mã cấp huyện, cấp xã chỉ là của một đơn vị tại một thời điểm",
        sql(f"""
            SELECT one.id, one.province_id, one.code, one.name, other.name AS other FROM khuyencong_administrativeunit one
                JOIN khuyencong_administrativeunit other ON other.code = one.code AND one.id < other.id
                WHERE {overlap("one", "other")}"""),
        "Mã {code} vừa là của {name} vừa là của {other} trong cùng một khoảng thời gian.",
        FIX,
        UNIT,
    ),
    Rule(
        "agency-name-overlap",
        "Mỗi cơ quan chỉ có một tên tại một thời điểm",
        sql(f"""
            SELECT one.id, one.province_id, one.name, other.name AS other FROM khuyencong_agencyname one
                JOIN khuyencong_agencyname other ON other.kind = one.kind AND one.id < other.id
                AND other.province_id IS NOT DISTINCT FROM one.province_id WHERE {overlap("one", "other")}"""),
        "Cơ quan mang cả hai tên “{name}” và “{other}” trong cùng một khoảng thời gian.",
        "Ghi ngày cuối của tên cũ trước ngày đầu của tên mới.",
        "khuyencong.AgencyName",
    ),
    Rule(
        "place-dates-in-order",
        "Ngày hết hiệu lực của đơn vị hành chính, tên cơ quan không trước ngày bắt đầu",
        sql(IN_DISORDER),
        "{name}: hết hiệu lực {valid_to}, trước ngày bắt đầu {valid_from}.",
        FIX,
    ),
    Rule(
        "unit-code-form",
        "Mã và loại đơn vị đúng với cấp: huyện ba số, xã năm số",
        sql(r"""
            SELECT id, province_id, code, kind, name FROM khuyencong_administrativeunit WHERE NOT (
                level = 'district' AND code ~ '^\d{3}$' AND parent_id IS NULL AND kind IN ('huyen', 'quan', 'thi-xa', 'thanh-pho')
                OR level = 'commune' AND code ~ '^\d{5}$' AND kind IN ('xa', 'phuong', 'thi-tran', 'dac-khu'))"""),
        "{name}: mã {code} hoặc loại đơn vị không hợp với cấp của nó.",
        FIX,
        UNIT,
    ),
    Rule(
        "unit-within-province",
        "Tỉnh của mỗi đơn vị còn hiệu lực vào ngày cuối của đơn vị đó",
        sql("""
            SELECT unit.id, unit.province_id, unit.name, province.name AS province, province.valid_to AS ended
                FROM khuyencong_administrativeunit unit JOIN khuyencong_province province ON province.id = unit.province_id
                WHERE coalesce(province.valid_to, 'infinity') < coalesce(unit.valid_to, 'infinity')
                OR province.valid_from > coalesce(unit.valid_to, 'infinity')"""),
        "{name} thuộc {province} (đến {ended}), nhưng vào ngày cuối của đơn vị thì tỉnh này không còn hoặc chưa có.",
        "Chọn lại tỉnh theo ngày cuối của đơn vị, hoặc sửa ngày.",
        UNIT,
    ),
    Rule(
        "unit-within-parent",
        "Huyện cũ của xã là đơn vị cấp huyện, cùng tỉnh và cùng thời",
        sql("""
            SELECT unit.id, unit.province_id, unit.name, parent.name AS parent FROM khuyencong_administrativeunit unit
                JOIN khuyencong_administrativeunit parent ON parent.id = unit.parent_id
                WHERE parent.level <> 'district' OR parent.province_id <> unit.province_id
                OR coalesce(parent.valid_to, 'infinity') < coalesce(unit.valid_to, 'infinity')
                OR coalesce(parent.valid_from, '-infinity') > coalesce(unit.valid_to, 'infinity')"""),
        "{name} ghi huyện cũ là {parent}, nhưng đơn vị đó khác cấp, khác tỉnh hoặc không còn vào ngày cuối của xã.",
        "Chọn lại huyện cũ của xã.",
        UNIT,
    ),
    Rule(
        "unit-name-twice",
        "Trong một tỉnh hiện nay không có hai xã cùng loại cùng tên",
        sql("""
            SELECT min(id) AS id, province_id, kind, name, count(*) AS times FROM khuyencong_administrativeunit
                WHERE valid_to IS NULL AND level = 'commune' GROUP BY province_id, kind, name HAVING count(*) > 1"""),
        "{name} có {times} lần trong cùng một tỉnh.",
        "Kiểm tra xem có phải một đơn vị bị ghi hai lần.",
        UNIT,
        Severity.WARNING,
    ),
    Rule(
        "lineage-in-time",
        "Đơn vị cũ hết hiệu lực trước khi đơn vị kế thừa bắt đầu",
        sql(
            _of_both(
                "SELECT * FROM ({links}) link WHERE coalesce(link.ended >= coalesce(link.began, '-infinity'), TRUE)"
            )
        ),
        "{old} (đến {ended}) → {new} (từ {began}): ngày của hai đơn vị chưa nối nhau.",
        FIX,
    ),
    Rule(
        "lineage-without-cycle",
        "Không đơn vị nào vừa có trước vừa có sau một đơn vị khác",
        sql(
            _of_both("""
            WITH RECURSIVE links AS ({links}), later(origin, id) AS (
                SELECT predecessor_id, successor_id FROM links
                UNION SELECT later.origin, links.successor_id FROM later JOIN links ON links.predecessor_id = later.id)
            SELECT links.* FROM links JOIN later ON later.origin = links.predecessor_id AND later.id = links.predecessor_id""")
        ),
        "{old} → {new}: quan hệ kế thừa tạo thành vòng.",
        "Xóa quan hệ kế thừa sai trong trang quản trị.",
    ),
    Rule(
        "lineage-whole-or-divided",
        "Đơn vị có nhiều đơn vị kế thừa thì mọi quan hệ của nó là chia tách",
        sql(
            _of_both("""
            SELECT link.* FROM ({links}) link JOIN (SELECT predecessor_id FROM ({links}) every GROUP BY predecessor_id
                HAVING count(*) > 1 AND bool_or(kind <> 'divided')) mixed USING (predecessor_id)""")
        ),
        "{old} có nhiều đơn vị kế thừa, trong đó có {new}, nhưng không phải mọi quan hệ là chia tách.",
        "Sửa cách thức của quan hệ kế thừa theo nghị quyết sắp xếp.",
    ),
    Rule(
        "ended-without-successor",
        "Mỗi tỉnh, mỗi xã đã hết hiệu lực đều có đơn vị kế thừa",
        sql(f"""
            SELECT id, '{UNIT}' AS model, province_id, name, valid_to FROM khuyencong_administrativeunit
                WHERE level = 'commune' AND valid_to IS NOT NULL AND id NOT IN (SELECT predecessor_id FROM khuyencong_unitlineage)
            UNION ALL SELECT id, '{PROVINCE}', id, name, valid_to FROM khuyencong_province
                WHERE valid_to IS NOT NULL AND id NOT IN (SELECT predecessor_id FROM khuyencong_provincelineage)"""),
        "{name} hết hiệu lực {valid_to} mà chưa ghi đơn vị kế thừa, nên hồ sơ ở đó không quy về địa giới hiện nay được.",
        "Thêm quan hệ kế thừa theo nghị quyết sắp xếp.",
        severity=Severity.WARNING,
    ),
    Rule(
        "units-of-the-reform",
        "Vào ngày 01/7/2025 có 34 tỉnh, 3.321 xã, phường, đặc khu và không có cấp huyện",
        sql(f"""
            SELECT * FROM (SELECT 0 AS id, NULL::bigint AS province_id,
                (SELECT count(*) FROM khuyencong_province that WHERE {overlap("that", "day")}) AS provinces,
                count(*) FILTER (WHERE unit.level = 'commune') AS communes, count(*) FILTER (WHERE unit.level = 'district') AS districts
                FROM (SELECT {REFORM} AS valid_from, {REFORM} AS valid_to) day
                JOIN khuyencong_administrativeunit unit ON {overlap("unit", "day")} GROUP BY day.valid_from, day.valid_to) counted
            WHERE communes >= {ALL_LOADED} AND (provinces, communes, districts) <> (34, 3321, 0)"""),
        "Danh mục có {provinces} tỉnh, {communes} đơn vị cấp xã và {districts} đơn vị cấp huyện vào ngày đó.",
        "Chạy manage.py load_reference_data; nếu vẫn lệch, đối chiếu danh mục với nghị quyết sắp xếp.",
    ),
)
