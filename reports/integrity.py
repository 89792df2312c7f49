"""Integrity of reports: the rows, the files that they name, the figures that they keep."""

from khuyencong.integrity.rules import Rule, Severity, sql, stream
from reports import storage
from reports.models import Report, Status

REPORT = "reports.Report"
AGAIN = "Lập lại báo cáo này."
CODES = "report.id, report.province_id, report.period_code"


def damaged_files():
    """Finished reports whose file is gone or is not the one that was issued; reads every file."""
    reports = Report.objects.filter(status=Status.DONE).exclude(file_name="").order_by("pk")
    for report in reports.only("pk", "province_id", "file_name", "sha256", "period_code").iterator():
        try:
            storage.read(report)
        except storage.DamagedFileError:
            yield {"id": report.pk, "province_id": report.province_id, "file": report.file_name}


def _sum(path, amount):
    """SQL: the sum of `amount` over the JSON list at `path` of the figures; NULL when there is no such list."""
    lines = f"report.figures #> '{path}'"
    return f"""(SELECT sum((line ->> '{amount}')::numeric)
        FROM jsonb_array_elements(CASE jsonb_typeof({lines}) WHEN 'array' THEN {lines} ELSE '[]' END) line)"""


def _not_the_total(path, amount, expected="'{overview,amount}'"):
    """Finished reports where a table's amounts do not add up to the amount of the overview; both, in đồng."""
    return sql(f"""
        SELECT * FROM (SELECT {CODES}, (report.figures #>> {expected})::numeric AS total, {_sum(path, amount)} AS added
            FROM reports_report report WHERE report.status = '{Status.DONE.value}') compared WHERE coalesce(added, 0) <> total""")


RULES = (
    Rule(
        "report-done-has-file",
        "Báo cáo đã xong có tệp, mã kiểm tra, số liệu và thời điểm",
        sql(f"""
            SELECT {CODES} FROM reports_report report WHERE status = '{Status.DONE.value}' AND (file_name = '' OR sha256 !~ '^[0-9a-f]{{64}}$'
                OR coalesce(file_size, 0) = 0 OR num_nulls(figures, finished_at, data_as_of) > 0)"""),
        "Báo cáo số {id} (kỳ {period_code}) đã xong mà thiếu tệp, mã kiểm tra hoặc số liệu.",
        AGAIN,
        REPORT,
    ),
    Rule(
        "report-file-intact",
        "Tệp của báo cáo còn nguyên như khi ban hành",
        stream(damaged_files),
        "Báo cáo số {id}: tệp {file} không còn hoặc đã bị sửa.",
        "Khôi phục thư mục báo cáo từ bản sao lưu cùng ngày với cơ sở dữ liệu.",
        REPORT,
    ),
    Rule(
        "report-failed-says-why",
        "Báo cáo lỗi có ghi lý do",
        sql(f"SELECT {CODES} FROM reports_report report WHERE status = '{Status.FAILED.value}' AND btrim(error) = ''"),
        "Báo cáo số {id} (kỳ {period_code}) bị lỗi mà không nói vì sao.",
        AGAIN,
        REPORT,
    ),
    Rule(
        "report-building-has-worker",
        "Báo cáo đang lập có tiến trình giữ; báo cáo đã kết thúc thì không",
        sql(f"""
            SELECT {CODES} FROM reports_report report WHERE num_nulls(worker, lease_until)
                <> CASE status WHEN '{Status.BUILDING.value}' THEN 0 WHEN '{Status.QUEUED.value}' THEN num_nulls(worker, lease_until)
                WHEN '{Status.CANCELLED.value}' THEN num_nulls(worker, lease_until) ELSE 2 END"""),
        "Báo cáo số {id} (kỳ {period_code}): tiến trình giữ không khớp với trạng thái.",
        "Hủy báo cáo rồi lập lại.",
        REPORT,
    ),
    Rule(
        "report-lease-old",
        "Không báo cáo nào bị giữ quá một giờ sau khi tiến trình im lặng",
        sql(f"""
            SELECT {CODES}, lease_until FROM reports_report report
                WHERE status = '{Status.BUILDING.value}' AND lease_until < clock_timestamp() - interval '1 hour'"""),
        "Báo cáo số {id} (kỳ {period_code}) bị giữ đến {lease_until} rồi không ai làm tiếp.",
        "Kiểm tra tiến trình Celery (worker và beat), rồi lập lại báo cáo.",
        REPORT,
    ),
    Rule(
        "report-waiting-long",
        "Không báo cáo nào chờ quá một giờ",
        sql(f"""
            SELECT {CODES}, requested_at FROM reports_report report
                WHERE status = '{Status.QUEUED.value}' AND requested_at < clock_timestamp() - interval '1 hour'"""),
        "Báo cáo số {id} (kỳ {period_code}) chờ từ {requested_at}.",
        "Kiểm tra tiến trình Celery (worker và beat).",
        REPORT,
        Severity.WARNING,
    ),
    Rule(
        "report-sources-add-up",
        "Tổng kinh phí trong báo cáo bằng tổng theo nguồn",
        _not_the_total("{overview,by_source}", "amount"),
        "Báo cáo số {id} (kỳ {period_code}): tổng {total} đồng, cộng theo nguồn {added} đồng.",
        AGAIN,
        REPORT,
    ),
    Rule(
        "report-years-add-up",
        "Tổng kinh phí trong báo cáo bằng tổng theo năm",
        _not_the_total("{by_year}", "total"),
        "Báo cáo số {id} (kỳ {period_code}): tổng {total} đồng, cộng theo năm {added} đồng.",
        AGAIN,
        REPORT,
    ),
    Rule(
        "report-schemes-listed",
        "Danh sách đề án trong báo cáo đủ số đề án",
        sql(f"""
            SELECT * FROM (SELECT {CODES}, (report.figures #>> '{{overview,schemes}}')::int AS schemes,
                CASE jsonb_typeof(report.figures -> 'schemes') WHEN 'array' THEN jsonb_array_length(report.figures -> 'schemes') END AS listed
                FROM reports_report report WHERE status = '{Status.DONE.value}') compared WHERE schemes <> listed"""),
        "Báo cáo số {id} (kỳ {period_code}): nói {schemes} đề án, liệt kê {listed}.",
        AGAIN,
        REPORT,
    ),
)
