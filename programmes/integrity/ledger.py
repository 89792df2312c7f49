"""The book of a scheme: entries of its own sources and facilities, within what was agreed, accepted and advanced."""

from khuyencong.integrity.rules import TODAY, Rule
from programmes.enums import FINISHED, Status
from programmes.integrity.money import LINES
from programmes.integrity.reviews import kept
from programmes.integrity.schemes import SCHEME, of_scheme
from programmes.integrity.steps import STATUS, listed
from programmes.models.money_guards import AGREED, PAYABLE, advance_rate, sums_of

REVERSE = "Đối chiếu với chứng từ, ghi bút toán đảo rồi ghi lại cho đúng."
BALANCE = "Đối chiếu với kho bạc; ghi thanh toán, hoàn trả hoặc quyết toán còn thiếu."
BOOK = f"{LINES} CROSS JOIN LATERAL ({sums_of('line.scheme_id', 'line.source_id')}) book"
PAID = "(book.advance + book.payment - book.refund)"
KINDS = "CASE entry.kind WHEN 'advance' THEN 'Tạm ứng' WHEN 'payment' THEN 'Thanh toán' WHEN 'refund' THEN 'Hoàn trả' ELSE 'Quyết toán' END"
ENTRY = f"{KINDS} AS kind, entry.document_number, entry.amount"
ENTRIES = "JOIN programmes_ledgerentry entry ON entry.scheme_id = scheme.id"
CONFLICT = "{kind} {document_number} ({amount} đồng) của đề án {code}"


def _of_entry(condition, joins="", columns=""):
    return of_scheme(f"{ENTRY}{columns}", f"{ENTRIES} {joins}", condition)


# What was paid net of refunds up to an entry, and what was agreed when it was written.
THEN = f"""JOIN programmes_fundingline line ON line.scheme_id = scheme.id AND line.source_id = entry.source_id
    CROSS JOIN LATERAL (SELECT sum(CASE kind WHEN 'refund' THEN -amount ELSE amount END) AS paid FROM programmes_ledgerentry earlier
        WHERE earlier.scheme_id = scheme.id AND earlier.source_id = entry.source_id AND earlier.id <= entry.id
        AND earlier.kind <> 'settlement') book
    CROSS JOIN LATERAL (SELECT coalesce((SELECT moved.after_amount FROM programmes_adjustmentline moved
        JOIN programmes_adjustment adjustment ON adjustment.id = moved.adjustment_id WHERE adjustment.scheme_id = scheme.id
        AND moved.source_id = entry.source_id AND adjustment.recorded_at <= entry.recorded_at
        ORDER BY moved.id DESC LIMIT 1), line.approved_amount) AS agreed) money
    CROSS JOIN LATERAL ({advance_rate("scheme", "entry.entered_on")}) bound"""
NOT_ACCEPTED = """NOT EXISTS (SELECT 1 FROM programmes_schemeevent version WHERE version.pgh_obj_id = scheme.id
    AND version.status = 'accepted' AND version.status_at <= entry.recorded_at)"""

RULES = (
    Rule(
        "ledger-within-agreed",
        "Đã chi của mỗi nguồn không vượt số được duyệt sau điều chỉnh",
        of_scheme(
            f"source.name AS source, {PAID} AS paid, {AGREED('line')} AS agreed",
            BOOK,
            f"{PAID} > coalesce({AGREED('line')}, 0)",
        ),
        "Đề án {code}, {source}: đã chi {paid} đồng, được duyệt {agreed} đồng.",
        BALANCE,
        SCHEME,
    ),
    Rule(
        "ledger-refund-within-paid",
        "Hoàn trả không nhiều hơn số đã chi",
        of_scheme("source.name AS source, book.refund", BOOK, "book.refund > book.advance + book.payment"),
        "Đề án {code}, {source}: hoàn trả {refund} đồng, nhiều hơn số đã chi.",
        REVERSE,
        SCHEME,
    ),
    Rule(
        "ledger-within-advance-rate",
        "Chi trước nghiệm thu không vượt tỷ lệ tạm ứng của nội dung",
        _of_entry(
            "entry.kind IN ('advance', 'payment') AND entry.amount > 0 "
            f"AND book.paid > floor(money.agreed * bound.rate / 100) AND {NOT_ACCEPTED}",
            THEN,
            ", book.paid, bound.rate",
        ),
        f"{CONFLICT}: đã chi {{paid}} đồng trước nghiệm thu, vượt {{rate}}% số được duyệt.",
        BALANCE,
        SCHEME,
    ),
    Rule(
        "ledger-settled-within-accepted",
        "Bút toán quyết toán không vượt giá trị nghiệm thu",
        of_scheme(
            "source.name AS source, book.settlement, line.accepted_amount",
            BOOK,
            "book.settlement > coalesce(line.accepted_amount, 0)",
        ),
        "Đề án {code}, {source}: quyết toán {settlement} đồng, nghiệm thu {accepted_amount} đồng.",
        REVERSE,
        SCHEME,
    ),
    Rule(
        "ledger-foreign-source",
        "Bút toán chỉ ghi nguồn kinh phí khuyến công của chính đề án",
        _of_entry(
            "line.id IS NULL OR NOT source.is_support",
            """JOIN programmes_fundingsource source ON source.code = entry.source_id
            LEFT JOIN programmes_fundingline line ON line.scheme_id = entry.scheme_id AND line.source_id = entry.source_id""",
            ", source.name AS source",
        ),
        f"{CONFLICT} ghi {{source}}, nguồn đề án không có hoặc không chi qua sổ.",
        REVERSE,
        SCHEME,
    ),
    Rule(
        "ledger-foreign-facility",
        "Bút toán chi cho cơ sở chỉ ghi đơn vị thụ hưởng của chính đề án",
        _of_entry(
            "benefit.scheme_id <> entry.scheme_id",
            "JOIN programmes_schemebeneficiary benefit ON benefit.id = entry.benefit_id",
        ),
        f"{CONFLICT} chi cho cơ sở của đề án khác.",
        REVERSE,
        SCHEME,
    ),
    Rule(
        "ledger-reversal-whole",
        "Bút toán đảo đảo đúng toàn bộ một bút toán của cùng đề án, nguồn, loại",
        _of_entry(
            "(first.scheme_id, first.source_id, first.kind, -first.amount, first.benefit_id, first.reverses_id) "
            "IS DISTINCT FROM (entry.scheme_id, entry.source_id, entry.kind, entry.amount, entry.benefit_id, NULL::bigint)",
            "JOIN programmes_ledgerentry first ON first.id = entry.reverses_id",
        ),
        f"{CONFLICT} là bút toán đảo nhưng không đảo đúng bút toán gốc.",
        REVERSE,
        SCHEME,
    ),
    Rule(
        "ledger-reversed-twice",
        "Mỗi bút toán chỉ bị đảo một lần",
        _of_entry(
            "EXISTS (SELECT 1 FROM programmes_ledgerentry other WHERE other.reverses_id = entry.reverses_id AND other.id < entry.id)"
        ),
        f"{CONFLICT} đảo một bút toán đã được đảo.",
        REVERSE,
        SCHEME,
    ),
    Rule(
        "ledger-entry-sign",
        "Bút toán có số tiền dương và số chứng từ; bút toán đảo âm và có lý do",
        _of_entry(
            "entry.amount = 0 OR (entry.amount < 0) <> (entry.reverses_id IS NOT NULL) OR btrim(entry.document_number) = '' "
            "OR entry.reverses_id IS NOT NULL AND btrim(entry.note) = ''"
        ),
        f"{CONFLICT} sai dấu, thiếu số chứng từ hoặc thiếu lý do đảo.",
        REVERSE,
        SCHEME,
    ),
    Rule(
        "ledger-entry-dates",
        "Ngày chứng từ từ ngày quyết định phê duyệt đến ngày ghi sổ",
        _of_entry(
            "entry.entered_on < scheme.decision_on OR entry.entered_on > (entry.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date "
            f"OR entry.entered_on > {TODAY} OR entry.recorded_at > clock_timestamp()",
            "",
            ", entry.entered_on",
        ),
        f"{CONFLICT} ghi ngày {{entered_on}}, trước quyết định hoặc sau ngày ghi sổ.",
        REVERSE,
        SCHEME,
    ),
    Rule(
        "ledger-entry-of-its-stage",
        "Chỉ đề án đã ký hợp đồng hoặc đã bắt đầu mới có thu, chi; chỉ đề án đã nghiệm thu mới có quyết toán",
        _of_entry(
            f"scheme.status NOT IN {listed([*PAYABLE, Status.CLOSED])} "
            f"OR entry.kind = 'settlement' AND scheme.status NOT IN {listed(FINISHED)} AND entry.reverses_id IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM programmes_ledgerentry back WHERE back.reverses_id = entry.id)",
            "",
            f", {STATUS}",
        ),
        f"{CONFLICT} được ghi khi đề án ở trạng thái “{{status}}”.",
        REVERSE,
        SCHEME,
    ),
    Rule(
        "ledger-entry-kept",
        "Bút toán không bị sửa, không bị xóa",
        kept("programmes_ledgerentry"),
        "Đề án {code}: một bút toán bị sửa hoặc xóa lúc {at}.",
        "Xem lịch sử để biết số ban đầu, rồi ghi bút toán đảo và bút toán đúng.",
        SCHEME,
    ),
    Rule(
        "settlement-booked",
        "Đề án đã quyết toán có bút toán quyết toán đúng bằng số quyết toán của mỗi nguồn",
        of_scheme(
            "source.name AS source, line.settled_amount, book.settlement",
            BOOK,
            "scheme.status IN ('settled', 'closed') AND source.is_support "
            "AND coalesce(line.settled_amount, 0) <> book.settlement",
        ),
        "Đề án {code}, {source}: quyết toán {settled_amount} đồng, sổ ghi {settlement} đồng.",
        BALANCE,
        SCHEME,
    ),
    Rule(
        "books-even-at-close",
        "Đề án đã kết thúc có số đã chi bằng số quyết toán ở mỗi nguồn",
        of_scheme(
            f"source.name AS source, {PAID} AS paid, book.settlement",
            BOOK,
            f"scheme.status = '{Status.CLOSED.value}' AND source.is_support AND {PAID} <> book.settlement",
        ),
        "Đề án {code}, {source}: đã kết thúc mà đã chi {paid} đồng, quyết toán {settlement} đồng.",
        BALANCE,
        SCHEME,
    ),
)
