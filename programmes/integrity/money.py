"""The money of a scheme: asked, approved, settled, from open sources."""

from khuyencong.integrity.rules import Rule, sql
from programmes.enums import DECIDED, FINISHED, Status
from programmes.integrity.schemes import SCHEME, of_scheme
from programmes.integrity.steps import STATUS, listed

LINES = """JOIN programmes_fundingline line ON line.scheme_id = scheme.id
    JOIN programmes_fundingsource source ON source.code = line.source_id"""
AMOUNTS = "source.name AS source, line.proposed_amount, line.approved_amount, line.settled_amount"
STAGES = ("proposed", "approved", "adjusted", "accepted", "settled")
BY_DECISION = "Đối chiếu với quyết định, rồi ghi lại số đúng của từng nguồn."
SEND = listed(status for status in Status if status != Status.DRAFT)


def _without(amount):
    """SQL: the scheme has no line in which this amount is more than nothing."""
    return (
        f"NOT EXISTS (SELECT 1 FROM programmes_fundingline line WHERE line.scheme_id = scheme.id AND line.{amount} > 0)"
    )


RULES = (
    Rule(
        "scheme-asks-for-money",
        "Đề án đã gửi có kinh phí đề nghị",
        of_scheme(STATUS, "", f"scheme.status IN {SEND} AND {_without('proposed_amount')}"),
        "Đề án {code} ({status}) không đề nghị kinh phí ở nguồn nào.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "scheme-every-line-decided",
        "Đề án đã phê duyệt có số phê duyệt ở mọi nguồn",
        of_scheme(AMOUNTS, LINES, f"scheme.status IN {listed(DECIDED)} AND line.approved_amount IS NULL"),
        "Đề án {code} đã phê duyệt mà {source} chưa có số phê duyệt.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "scheme-approves-money",
        "Đề án đã phê duyệt có kinh phí được duyệt lớn hơn 0",
        of_scheme("", "", f"scheme.status IN {listed(DECIDED)} AND {_without('approved_amount')}"),
        "Đề án {code} đã phê duyệt mà không nguồn nào có kinh phí.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "scheme-every-line-settled",
        "Đề án đã quyết toán có số quyết toán ở mọi nguồn",
        of_scheme(AMOUNTS, LINES, "scheme.status IN ('settled', 'closed') AND line.settled_amount IS NULL"),
        "Đề án {code} đã quyết toán mà {source} chưa có số quyết toán.",
        "Ghi số theo văn bản quyết toán.",
        SCHEME,
    ),
    Rule(
        "funding-settled-too-early",
        "Chỉ đề án đã nghiệm thu mới có số quyết toán",
        of_scheme(
            f"{AMOUNTS}, {STATUS}",
            LINES,
            f"scheme.status NOT IN {listed(FINISHED)} AND line.settled_amount IS NOT NULL",
        ),
        "Đề án {code} ({status}) đã có số quyết toán {settled_amount} đồng ở {source}.",
        "Bỏ số quyết toán cho đến khi nghiệm thu.",
        SCHEME,
    ),
    Rule(
        "funding-settled-within-approved",
        "Số quyết toán của mỗi nguồn không vượt số phê duyệt",
        of_scheme(
            AMOUNTS,
            LINES,
            "line.settled_amount > coalesce(line.adjusted_amount, line.approved_amount, -1)",
        ),
        "Đề án {code}, {source}: quyết toán {settled_amount} đồng, phê duyệt {approved_amount} đồng.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "scheme-every-line-accepted",
        "Đề án đã nghiệm thu có giá trị nghiệm thu ở mọi nguồn",
        of_scheme(AMOUNTS, LINES, f"scheme.status IN {listed(FINISHED)} AND line.accepted_amount IS NULL"),
        "Đề án {code} đã nghiệm thu mà {source} chưa có giá trị nghiệm thu.",
        "Ghi giá trị theo biên bản nghiệm thu.",
        SCHEME,
    ),
    Rule(
        "funding-accepted-within-agreed",
        "Giá trị nghiệm thu của mỗi nguồn không vượt số được duyệt sau điều chỉnh",
        of_scheme(
            "source.name AS source, line.accepted_amount",
            LINES,
            "line.accepted_amount > coalesce(line.adjusted_amount, line.approved_amount, -1)",
        ),
        "Đề án {code}, {source}: nghiệm thu {accepted_amount} đồng, vượt số được duyệt.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "funding-settled-within-accepted",
        "Số quyết toán của mỗi nguồn không vượt giá trị nghiệm thu",
        of_scheme(
            "source.name AS source, line.accepted_amount, line.settled_amount",
            LINES,
            "line.settled_amount > coalesce(line.accepted_amount, -1)",
        ),
        "Đề án {code}, {source}: quyết toán {settled_amount} đồng, nghiệm thu {accepted_amount} đồng.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "funding-approved-within-proposed",
        "Số phê duyệt vượt số đề nghị thì có lý do điều chỉnh",
        of_scheme(AMOUNTS, LINES, "line.approved_amount > line.proposed_amount AND btrim(line.adjustment_reason) = ''"),
        "Đề án {code}, {source}: phê duyệt {approved_amount} đồng, đề nghị {proposed_amount} đồng, không ghi lý do.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "funding-not-negative",
        "Không có số tiền âm ở nguồn nào",
        of_scheme(AMOUNTS, LINES, f"least({', '.join(f'line.{name}_amount' for name in STAGES)}) < 0"),
        "Đề án {code}, {source}: đề nghị {proposed_amount}, phê duyệt {approved_amount}, quyết toán {settled_amount} đồng.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "funding-source-twice",
        "Mỗi nguồn chỉ có một dòng trong một đề án",
        sql("""
            SELECT scheme.id, scheme.province_id, scheme.code, source.name AS source, count(*) AS times FROM programmes_scheme scheme
                JOIN programmes_fundingline line ON line.scheme_id = scheme.id
                JOIN programmes_fundingsource source ON source.code = line.source_id
                GROUP BY scheme.id, source.code HAVING count(*) > 1"""),
        "Đề án {code} có {times} dòng của cùng nguồn {source}.",
        "Cộng vào một dòng theo quyết định.",
        SCHEME,
    ),
    Rule(
        "source-open-in-year",
        "Không đề nghị tiền từ nguồn đã đóng trước năm kế hoạch",
        of_scheme(
            "scheme.year, source.name AS source, source.valid_to",
            LINES,
            "line.proposed_amount > 0 AND extract(year FROM source.valid_to) < scheme.year",
        ),
        "Đề án {code} của năm {year} đề nghị {source}, nguồn đã đóng từ sau ngày {valid_to}.",
        "Chuyển số tiền sang nguồn đúng.",
        SCHEME,
    ),
    Rule(
        "source-open-on-decision",
        "Không phê duyệt tiền của nguồn đã đóng vào ngày quyết định",
        of_scheme(
            "scheme.decision_on, source.name AS source, source.valid_to",
            LINES,
            f"scheme.status IN {listed(DECIDED)} AND line.approved_amount > 0 AND source.valid_to < scheme.decision_on",
        ),
        "Đề án {code} phê duyệt {source} ngày {decision_on}, nguồn chỉ được quyết định đến {valid_to}.",
        "Kiểm tra lại ngày quyết định và nguồn.",
        SCHEME,
    ),
)
