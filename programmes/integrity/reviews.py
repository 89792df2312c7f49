"""What is written down beside a scheme: sheets of appraisal, comments, papers of steps."""

from khuyencong.integrity.rules import Rule, sql
from programmes.integrity.schemes import SCHEME

PAPER = "Xem lịch sử để biết ai sửa, rồi ghi lại theo bản giấy."


def _of(table, condition, columns="row.id AS row_id"):
    """Rows of a table of schemes that break a condition, under their scheme."""
    return sql(
        f"SELECT scheme.id, scheme.province_id, scheme.code, {columns} FROM {table} row "
        f"JOIN programmes_scheme scheme ON scheme.id = row.scheme_id WHERE {condition}"
    )


def kept(table, scheme="row.scheme_id", joins=""):
    """Rows of a table of schemes that were changed or deleted since they were written; by the history."""
    return sql(
        "SELECT DISTINCT scheme.id, scheme.province_id, scheme.code, row.pgh_created_at AS at "
        f"FROM {table}event row {joins} JOIN programmes_scheme scheme ON scheme.id = {scheme} WHERE row.pgh_label <> 'insert'"
    )


ITEMS = ("principles", "objectives", "capacity", "combination", "completeness")
LACKING = "'lacking' IN (" + ", ".join(f"row.{item}" for item in ITEMS) + ")"
ANSWERED = "ROW(field, label, text, submitted_at, made_by_id, made_at)::text"

RULES = (
    Rule(
        "appraisal-pass-with-lacking",
        "Phiếu thẩm định đề nghị phê duyệt không còn nội dung chưa đạt",
        _of("programmes_appraisal", f"row.verdict = 'pass' AND {LACKING}", "row.made_at"),
        "Đề án {code}: phiếu thẩm định ghi lúc {made_at} đề nghị phê duyệt mà còn nội dung chưa đạt.",
        "Báo lãnh đạo: đề án cần được thẩm định lại.",
        SCHEME,
    ),
    Rule(
        "appraisal-four-eyes",
        "Người thẩm định không phải là người lập, người gửi của lần gửi đó",
        sql("""
            SELECT DISTINCT scheme.id, scheme.province_id, scheme.code, person.full_name FROM programmes_appraisal sheet
                JOIN programmes_scheme scheme ON scheme.id = sheet.scheme_id
                JOIN khuyencong_user person ON person.id = sheet.made_by_id
                JOIN programmes_schemeevent version ON version.pgh_obj_id = scheme.id AND version.submitted_at = sheet.submitted_at
                WHERE sheet.made_by_id IN (version.created_by_id, version.submitted_by_id)"""),
        "Đề án {code} do {full_name} thẩm định, cũng là người lập hoặc người gửi.",
        "Báo lãnh đạo: cần người khác thẩm định lại.",
        SCHEME,
    ),
    Rule(
        "appraisal-kept",
        "Phiếu thẩm định không bị sửa, không bị xóa",
        kept("programmes_appraisal"),
        "Đề án {code}: phiếu thẩm định bị sửa hoặc xóa lúc {at}.",
        PAPER,
        SCHEME,
    ),
    Rule(
        "step-paper-kept",
        "Văn bản của các bước không bị sửa, không bị xóa",
        kept("programmes_steppaper"),
        "Đề án {code}: văn bản của một bước bị sửa hoặc xóa lúc {at}.",
        PAPER,
        SCHEME,
    ),
    Rule(
        "step-paper-in-future",
        "Ngày văn bản của bước không sau ngày ghi",
        _of(
            "programmes_steppaper",
            "row.issued_on > (row.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date OR row.recorded_at > clock_timestamp()",
            "row.number, row.issued_on",
        ),
        "Đề án {code}: văn bản {number} ghi ngày {issued_on}, sau ngày ghi vào cổng.",
        "Đối chiếu ngày với bản giấy, rồi ghi lại văn bản.",
        SCHEME,
    ),
    Rule(
        "review-comment-kept",
        "Ý kiến thẩm định không bị sửa, không bị xóa; chỉ ghi thêm giải trình",
        sql(f"""
            SELECT DISTINCT scheme.id, scheme.province_id, scheme.code, version.label FROM (
                SELECT scheme_id, label, pgh_label, {ANSWERED} AS said, lag({ANSWERED}) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS before
                FROM programmes_reviewcommentevent) version JOIN programmes_scheme scheme ON scheme.id = version.scheme_id
                WHERE version.said <> version.before OR version.pgh_label = 'delete'"""),
        "Đề án {code}: ý kiến thẩm định về “{label}” bị sửa hoặc xóa.",
        "Xem lịch sử để biết ý kiến ban đầu.",
        SCHEME,
    ),
)
