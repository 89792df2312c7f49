"""What a scheme says of itself: its code, its year, its place, who carries it out."""

from khuyencong.integrity.rules import Rule, Severity, sql
from khuyencong.models.guards import kin

SCHEME = "programmes.Scheme"
OPEN = "Mở trang của đề án; nếu đã gửi, xem lịch sử rồi sửa theo hồ sơ giấy."


def of_scheme(columns, joins, condition):
    """The scheme's id, province, code and name beside `columns`; `scheme` is the scheme."""
    more = f", {columns}" if columns else ""
    return sql(
        f"SELECT scheme.id, scheme.province_id, scheme.code, scheme.name{more} "
        f"FROM programmes_scheme scheme {joins} WHERE {condition}"
    )


RULES = (
    Rule(
        "scheme-code-form",
        "Mã đề án có dạng KC-mã tỉnh-năm-số thứ tự",
        of_scheme("", "", r"scheme.code !~ '^KC-\d{2}-\d{4}-\d{3,}$'"),
        "Đề án “{name}” mang mã “{code}”, không đúng dạng KC-40-2020-017.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "scheme-code-twice",
        "Mỗi mã đề án chỉ dùng một lần",
        of_scheme(
            "other.name AS other",
            "JOIN programmes_scheme other ON other.code = scheme.code AND scheme.id < other.id",
            "TRUE",
        ),
        "Mã {code} là của cả “{name}” và “{other}”.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "scheme-code-of-year-and-place",
        "Năm và mã tỉnh trong mã đề án là của đề án",
        of_scheme(
            "scheme.year, province.code AS place, province.name AS province",
            "JOIN khuyencong_province province ON province.id = scheme.province_id",
            r"scheme.code ~ '^KC-\d{2}-\d{4}-' AND scheme.code !~ format('^KC-%s-%s-', province.code, scheme.year)",
        ),
        "Đề án {code} là của năm {year}, {province} (mã {place}); mã đề án nói khác.",
        "Mã không sửa được sau khi gửi; nếu là bản nháp, lập lại đề án với đúng năm và tỉnh.",
        SCHEME,
        Severity.WARNING,
    ),
    Rule(
        "scheme-year-in-range",
        "Năm kế hoạch của đề án từ 2005 đến 2100",
        of_scheme("scheme.year", "", "scheme.year NOT BETWEEN 2005 AND 2100"),
        "Đề án {code} ghi năm kế hoạch {year}.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "scheme-name-given",
        "Đề án nào cũng có tên",
        of_scheme("", "", "btrim(scheme.name) = ''"),
        "Đề án {code} không có tên.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "scheme-province-of-year",
        "Tỉnh của đề án có hiệu lực trong năm kế hoạch",
        of_scheme(
            "scheme.year, province.name AS province, province.valid_from, province.valid_to",
            "JOIN khuyencong_province province ON province.id = scheme.province_id",
            "scheme.year NOT BETWEEN extract(year FROM province.valid_from) AND extract(year FROM coalesce(province.valid_to, 'infinity'))",
        ),
        "Đề án {code} của năm {year}, nhưng {province} chỉ có từ {valid_from} đến {valid_to}.",
        "Chọn lại năm hoặc tỉnh của đề án.",
        SCHEME,
    ),
    Rule(
        "scheme-unit-of-place",
        "Đơn vị thực hiện cùng tỉnh với đề án, hoặc tỉnh trước, sau sáp nhập",
        of_scheme(
            "unit.name AS unit",
            "JOIN programmes_implementingunit unit ON unit.id = scheme.implementing_unit_id",
            f"unit.province_id IS NOT NULL AND NOT {kin('unit.province_id', 'scheme.province_id')}",
        ),
        "Đề án {code} do {unit} thực hiện, mà đơn vị này thuộc tỉnh khác.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "scheme-programme-of-place",
        "Chương trình khuyến công của đề án là của quốc gia hoặc của tỉnh đó",
        of_scheme(
            "programme.name AS programme",
            "JOIN programmes_programme programme ON programme.id = scheme.programme_id",
            f"programme.province_id IS NOT NULL AND NOT {kin('programme.province_id', 'scheme.province_id')}",
        ),
        "Đề án {code} thuộc “{programme}” của tỉnh khác.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "scheme-programme-of-year",
        "Năm kế hoạch của đề án nằm trong giai đoạn của chương trình",
        of_scheme(
            "scheme.year, programme.name AS programme, programme.first_year, programme.last_year",
            "JOIN programmes_programme programme ON programme.id = scheme.programme_id",
            "programme.first_year <= programme.last_year AND scheme.year NOT BETWEEN programme.first_year AND programme.last_year",
        ),
        "Đề án {code} của năm {year} thuộc “{programme}”, giai đoạn {first_year} - {last_year}.",
        "Chọn lại chương trình hoặc năm của đề án.",
        SCHEME,
        Severity.WARNING,
    ),
)
