"""The register of facilities and what they declare each year."""

from facilities.models.facility import TAX_CODE
from khuyencong.integrity.rules import TODAY, Rule, Severity, sql
from khuyencong.models.guards import kin

FACILITY = "facilities.Facility"
OPEN = "Mở hồ sơ cơ sở rồi sửa."
MERGE = "Nếu là một cơ sở, gộp bằng trang “Gộp cơ sở trùng”; nếu không, ghi mã số thuế hoặc xã để phân biệt."

SITES = """
    SELECT facility.id, facility.province_id, facility.name, site.name AS site, site.province_id AS there
        FROM facilities_facility facility JOIN facilities_industrialcluster site ON site.id = facility.cluster_id
    UNION ALL SELECT facility.id, facility.province_id, facility.name, site.name, site.province_id
        FROM facilities_facility facility JOIN facilities_craftvillage site ON site.id = facility.craft_village_id"""

RULES = (
    Rule(
        "facility-tax-code-form",
        "Mã số thuế gồm 10 số, 10 số-3 số hoặc 12 số",
        sql(
            f"SELECT id, province_id, name, tax_code FROM facilities_facility WHERE tax_code <> '' AND tax_code !~ '{TAX_CODE}'"
        ),
        "Cơ sở “{name}”: mã số thuế {tax_code} sai dạng.",
        OPEN,
        FACILITY,
    ),
    Rule(
        "facility-tax-code-twice",
        "Mỗi mã số thuế chỉ ở một cơ sở chưa gộp",
        sql("""
            SELECT one.id, one.province_id, one.name, one.tax_code, other.name AS other FROM facilities_facility one
                JOIN facilities_facility other ON other.tax_code = one.tax_code AND one.id < other.id
                WHERE one.tax_code <> '' AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL"""),
        "Mã số thuế {tax_code} có ở cả {name} và {other}.",
        MERGE,
        FACILITY,
    ),
    Rule(
        "facility-name-twice",
        "Không có hai cơ sở chưa gộp cùng tên, cùng địa bàn, cùng mã số thuế",
        sql("""
            SELECT one.id, one.province_id, one.name FROM facilities_facility one JOIN facilities_facility other
                ON (other.province_id, other.name_key, other.tax_code) = (one.province_id, one.name_key, one.tax_code)
                AND other.commune_id = one.commune_id AND one.id < other.id
                WHERE one.merged_into_id IS NULL AND other.merged_into_id IS NULL"""),
        "Cơ sở “{name}” có hai lần trong danh bạ của cùng một xã, phường.",
        MERGE,
        FACILITY,
    ),
    Rule(
        "facility-site-of-province",
        "Cụm công nghiệp, làng nghề của cơ sở thuộc tỉnh của cơ sở",
        sql(f"SELECT * FROM ({SITES}) site WHERE NOT {kin('site.there', 'site.province_id')}"),
        "Cơ sở “{name}” ghi nằm trong {site}, nhưng nơi đó thuộc tỉnh khác.",
        OPEN,
        FACILITY,
    ),
    Rule(
        "facility-eligibility-reason",
        "Kết luận điều kiện thụ hưởng có ghi lý do",
        sql("""
            SELECT id, province_id, name FROM facilities_facility
                WHERE eligibility <> 'unknown' AND btrim(eligibility_reason) = ''"""),
        "Cơ sở “{name}” đã kết luận điều kiện thụ hưởng mà không ghi lý do.",
        OPEN,
        FACILITY,
    ),
    Rule(
        "facility-figures-in-range",
        "Vốn, tỷ lệ nguyên liệu và mã ngành của cơ sở trong khoảng hợp lệ",
        sql(r"""
            SELECT id, province_id, name FROM facilities_facility
                WHERE capital < 0 OR local_material_share NOT BETWEEN 0 AND 100 OR vsic_code <> '' AND vsic_code !~ '^\d{2,5}$'"""),
        "Cơ sở “{name}”: vốn đăng ký, tỷ lệ nguyên liệu tại chỗ hoặc mã ngành không hợp lệ.",
        OPEN,
        FACILITY,
    ),
    Rule(
        "facility-year-in-range",
        "Số liệu năm của cơ sở: không âm, xuất khẩu trong doanh thu, năm từ 1990",
        sql("""
            SELECT facility.id, facility.province_id, facility.name, year.year FROM facilities_facilityyear year
                JOIN facilities_facility facility ON facility.id = year.facility_id
                WHERE least(year.revenue, year.export_revenue, year.tax_paid) < 0 OR year.export_revenue > year.revenue
                OR year.year NOT BETWEEN 1990 AND 2100"""),
        "Cơ sở “{name}”: số liệu năm {year} âm, sai năm, hoặc doanh thu xuất khẩu lớn hơn doanh thu.",
        OPEN,
        FACILITY,
    ),
    Rule(
        "facility-year-in-future",
        "Cơ sở không có số liệu của năm chưa đến",
        sql(f"""
            SELECT facility.id, facility.province_id, facility.name, year.year FROM facilities_facilityyear year
                JOIN facilities_facility facility ON facility.id = year.facility_id
                WHERE year.year BETWEEN extract(year FROM {TODAY}) + 1 AND 2100"""),
        "Cơ sở “{name}” đã có số liệu của năm {year}.",
        OPEN,
        FACILITY,
        Severity.WARNING,
    ),
    Rule(
        "facility-registered-in-future",
        "Ngày đăng ký lần đầu của cơ sở không ở tương lai",
        sql(f"SELECT id, province_id, name, registered_on FROM facilities_facility WHERE registered_on > {TODAY}"),
        "Cơ sở “{name}” ghi ngày đăng ký {registered_on}, ở tương lai.",
        OPEN,
        FACILITY,
        Severity.WARNING,
    ),
)
