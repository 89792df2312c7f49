"""The law of money as triggers: what may be paid, how approved figures change, what must agree at the end.

A writer locks the scheme's row first, so that two at once see each other's money; sums are asked in a later statement,
which under READ COMMITTED reads what the other has committed. Under REPEATABLE READ it would read the books of before the
lock, so money is not written there.
"""

import pgtrigger

from khuyencong.triggers import at_commit, before, refuse
from programmes.enums import Status

SCHEME, LINE, BENEFIT = "programmes_scheme", "programmes_fundingline", "programmes_schemebeneficiary"
LOCK = f"PERFORM 1 FROM {SCHEME} WHERE id = %s FOR NO KEY UPDATE;"
FRESH = f"""IF current_setting('transaction_isolation') = 'repeatable read' THEN
        {refuse("money_read_fresh", "Không ghi sổ tiền trong giao dịch REPEATABLE READ: số đã đọc có thể đã cũ.")}
    END IF;"""
AGREED = "coalesce({0}.adjusted_amount, {0}.approved_amount)".format
PAYABLE = (
    Status.CONTRACTED,
    Status.DETAILED,
    Status.IN_PROGRESS,
    Status.ACCEPTED,
    Status.LIQUIDATED,
    Status.SETTLED,
    Status.TERMINATED,
)
ADVANCED_UNTIL = (Status.CONTRACTED, Status.DETAILED, Status.IN_PROGRESS, Status.TERMINATED)
ADJUSTABLE = (Status.APPROVED, Status.CONTRACTED, Status.DETAILED, Status.IN_PROGRESS)


def _list(statuses):
    return ", ".join(f"'{status.value}'" for status in statuses)


def dong(amount):
    """SQL: '1.234.567'."""
    return f"replace(to_char({amount}, 'FM999,999,999,999,999,990'), ',', '.')"


def sums_of(scheme, source):
    """SQL: net sums of the ledger of one source of a scheme, in đồng."""
    kinds = ("advance", "payment", "refund", "settlement")
    columns = ", ".join(f"coalesce(sum(amount) FILTER (WHERE kind = '{kind}'), 0) AS {kind}" for kind in kinds)
    return f"SELECT {columns} FROM programmes_ledgerentry WHERE scheme_id = {scheme} AND source_id = {source}"


def advance_rate(scheme, day, columns="rule.rate"):
    """SQL: the most in percent that may be advanced before acceptance; NULL when no rule binds. The leaf before its clause."""
    return f"""SELECT {columns} FROM programmes_advancerule rule JOIN programmes_activitycontent content ON content.id = {scheme}.content_id
        WHERE (rule.level = '' OR rule.level = {scheme}.level)
        AND (rule.content_id IS NULL OR rule.content_id IN (content.id, content.group_id))
        AND rule.valid_from <= {day} AND (rule.valid_to IS NULL OR rule.valid_to >= {day})
        ORDER BY rule.content_id = content.id DESC NULLS LAST, rule.content_id IS NULL, rule.valid_from DESC LIMIT 1"""


entry_in_its_time = before(
    "ledger_entry_in_its_time",
    pgtrigger.Insert,
    f"""
    SELECT * INTO scheme FROM {SCHEME} WHERE id = NEW.scheme_id FOR NO KEY UPDATE;
    IF scheme.status NOT IN ({_list(PAYABLE)}) THEN
        {refuse("ledger_entry_in_its_time", "Chưa ghi được thu, chi: đề án chưa ký hợp đồng hoặc bắt đầu thực hiện, hoặc đã kết thúc.")}
    END IF;
    IF NEW.kind = 'settlement' AND scheme.status NOT IN ('accepted', 'liquidated', 'settled') THEN
        {refuse("ledger_entry_settles_accepted", "Quyết toán chỉ ghi sau khi nghiệm thu.")}
    END IF;
    IF NEW.kind = 'advance' AND scheme.status = 'terminated' THEN
        {refuse("ledger_entry_in_its_time", "Đề án đã dừng: chỉ ghi thanh toán khối lượng đã làm và hoàn trả.")}
    END IF;
    IF NEW.entered_on > (NEW.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN
        {refuse("ledger_entry_not_in_future", "Ngày chứng từ không được ở tương lai.")}
    END IF;
    IF NEW.entered_on < scheme.decision_on THEN
        {refuse("ledger_entry_after_decision", "Ngày chứng từ trước ngày quyết định phê duyệt đề án.")}
    END IF;
    SELECT * INTO line FROM {LINE} WHERE scheme_id = NEW.scheme_id AND source_id = NEW.source_id;
    IF NOT FOUND THEN {refuse("ledger_entry_of_a_source", "Đề án không có kinh phí từ nguồn này.")} END IF;
    IF NOT (SELECT is_support FROM programmes_fundingsource WHERE code = NEW.source_id) THEN
        {refuse("ledger_entry_of_support", "Sổ thu chi chỉ ghi kinh phí khuyến công; vốn đối ứng và tài trợ ghi ở nghiệm thu.")}
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        SELECT * INTO first FROM programmes_ledgerentry WHERE id = NEW.reverses_id;
        IF (first.scheme_id, first.source_id, first.kind, -first.amount, first.benefit_id, first.reverses_id)
                IS DISTINCT FROM (NEW.scheme_id, NEW.source_id, NEW.kind, NEW.amount, NEW.benefit_id, NULL::bigint) THEN
            {refuse("ledger_entry_reverses_wholly", "Bút toán đảo phải đảo đúng toàn bộ một bút toán của đề án này, và không đảo bút toán đảo.")}
        END IF;
        IF NEW.entered_on < first.entered_on THEN
            {refuse("ledger_entry_reverses_later", "Ngày của bút toán đảo không được trước ngày của bút toán bị đảo.")}
        END IF;
    END IF;
    IF NEW.benefit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {BENEFIT} WHERE id = NEW.benefit_id AND scheme_id = NEW.scheme_id) THEN
        {refuse("ledger_entry_of_a_beneficiary", "Cơ sở nhận tiền không phải là đơn vị thụ hưởng của đề án.")}
    END IF;
    """,
    declare=[
        ("scheme", f"{SCHEME}%ROWTYPE"),
        ("line", f"{LINE}%ROWTYPE"),
        ("first", "programmes_ledgerentry%ROWTYPE"),
    ],
)

CHANGE = "CASE NEW.kind WHEN 'refund' THEN -NEW.amount WHEN 'settlement' THEN 0 ELSE NEW.amount END"
PAYS_MORE = f"({CHANGE}) > 0"  # also by reversing a refund
OVER_BENEFIT = "%s: đã chi %s đồng, vượt %s đồng hỗ trợ được duyệt cho cơ sở này."
PAID_TO_BENEFIT = """SELECT coalesce(sum(CASE entry.kind WHEN 'refund' THEN -entry.amount WHEN 'settlement' THEN 0 ELSE entry.amount END), 0)
    AS amount FROM programmes_ledgerentry entry WHERE entry.benefit_id = benefit.id"""
OVER_AGREED = "%s: đã chi %s đồng, vượt số được duyệt %s đồng."
OVER_RATE = (
    "%s: tạm ứng, thanh toán trước nghiệm thu %s đồng, vượt %s%% của %s đồng được duyệt. Còn được chi tối đa %s đồng."
)
OVER_ACCEPTED = "%s: chi thêm thì tổng đã chi là %s đồng, vượt %s đồng được nghiệm thu, quyết toán."
OVER_REFUND = "%s: hoàn trả %s đồng, nhiều hơn số đã chi %s đồng."
OVER_SETTLED = "%s: quyết toán %s đồng, vượt giá trị nghiệm thu %s đồng."
UNBOOKED = "%s: số quyết toán %s đồng chưa khớp bút toán quyết toán %s đồng trong sổ."

entries_within_bounds = at_commit(
    "ledger_entries_within_bounds",
    pgtrigger.Insert,
    f"""
    {FRESH}
    {LOCK % "NEW.scheme_id"}
    SELECT * INTO scheme FROM {SCHEME} WHERE id = NEW.scheme_id;
    SELECT name INTO named FROM programmes_fundingsource WHERE code = NEW.source_id;
    SELECT {AGREED("line")} AS agreed, line.accepted_amount AS accepted, line.settled_amount AS settled INTO money
        FROM {LINE} line WHERE line.scheme_id = NEW.scheme_id AND line.source_id = NEW.source_id;
    {sums_of("NEW.scheme_id", "NEW.source_id").replace("FROM", "INTO book FROM", 1)};
    SELECT facility.name, {AGREED("benefit")} AS agreed, paid.amount AS paid INTO share FROM {BENEFIT} benefit
        JOIN facilities_facility facility ON facility.id = benefit.facility_id
        CROSS JOIN LATERAL ({PAID_TO_BENEFIT}) paid
        WHERE benefit.id = NEW.benefit_id AND paid.amount > coalesce({AGREED("benefit")}, 0);
    IF FOUND THEN
        {
        refuse(
            "ledger_within_benefit", OVER_BENEFIT, "share.name", dong("share.paid"), dong("coalesce(share.agreed, 0)")
        )
    }
    END IF;
    IF book.advance + book.payment - book.refund > money.agreed THEN
        {
        refuse(
            "ledger_within_agreed",
            OVER_AGREED,
            "named",
            dong("book.advance + book.payment - book.refund"),
            dong("money.agreed"),
        )
    }
    END IF;
    IF book.refund > book.advance + book.payment THEN
        {
        refuse(
            "ledger_refund_within_paid", OVER_REFUND, "named", dong("book.refund"), dong("book.advance + book.payment")
        )
    }
    END IF;
    IF book.settlement > coalesce(money.accepted, 0) THEN
        {
        refuse(
            "ledger_settled_within_accepted",
            OVER_SETTLED,
            "named",
            dong("book.settlement"),
            dong("coalesce(money.accepted, 0)"),
        )
    }
    END IF;
    IF NEW.kind = 'settlement' AND scheme.status = '{
        Status.SETTLED
    }' AND book.settlement <> coalesce(money.settled, 0) THEN
        {
        refuse(
            "ledger_settled_as_decided", UNBOOKED, "named", dong("coalesce(money.settled, 0)"), dong("book.settlement")
        )
    }
    END IF;
    IF scheme.status IN ({_list(ADVANCED_UNTIL)}) AND {PAYS_MORE} THEN
        {advance_rate("scheme", "NEW.entered_on").replace("SELECT rule.rate", "SELECT rule.rate INTO most", 1)};
        IF book.advance + book.payment - book.refund > floor(money.agreed * most / 100) THEN
            {
        refuse(
            "ledger_within_advance_rate",
            OVER_RATE,
            "named",
            dong("book.advance + book.payment - book.refund"),
            "trim_scale(most)",
            dong("money.agreed"),
            dong(
                f"greatest(floor(money.agreed * most / 100) - (book.advance + book.payment - book.refund - ({CHANGE})), 0)"
            ),
        )
    }
        END IF;
    END IF;
    IF scheme.status IN ('accepted', 'liquidated', 'settled') AND {PAYS_MORE}
            AND book.advance + book.payment - book.refund > coalesce(money.settled, money.accepted) THEN
        {
        refuse(
            "ledger_within_accepted",
            OVER_ACCEPTED,
            "named",
            dong("book.advance + book.payment - book.refund"),
            dong("coalesce(money.settled, money.accepted)"),
        )
    }
    END IF;
    """,
    declare=[
        ("scheme", f"{SCHEME}%ROWTYPE"),
        ("money", "RECORD"),
        ("book", "RECORD"),
        ("share", "RECORD"),
        ("named", "TEXT"),
        ("most", "NUMERIC"),
    ],
)

settlement_booked = at_commit(
    "scheme_settlement_booked",
    pgtrigger.Update,
    f"""
    IF NEW.status <> '{Status.SETTLED}' OR OLD.status = NEW.status THEN RETURN NULL; END IF;
    SELECT source.name, line.settled_amount AS settled, coalesce(book.settlement, 0) AS booked INTO off
        FROM {LINE} line JOIN programmes_fundingsource source ON source.code = line.source_id AND source.is_support
        LEFT JOIN LATERAL ({sums_of("line.scheme_id", "line.source_id")}) book ON true
        WHERE line.scheme_id = NEW.id AND coalesce(line.settled_amount, 0) <> coalesce(book.settlement, 0) LIMIT 1;
    IF FOUND THEN {refuse("scheme_settlement_booked", UNBOOKED, "off.name", dong("off.settled"), dong("off.booked"))} END IF;
    """,
    declare=[("off", "RECORD")],
)

UNEVEN = "%s: đã chi %s đồng, quyết toán %s đồng. Ghi hoàn trả hoặc thanh toán nốt phần chênh lệch rồi kết thúc đề án."
books_even_at_close = at_commit(
    "scheme_books_even_at_close",
    pgtrigger.Update,
    f"""
    IF NEW.status <> '{Status.CLOSED}' OR OLD.status = NEW.status THEN RETURN NULL; END IF;
    {LOCK % "NEW.id"}
    SELECT source.name, book.advance + book.payment - book.refund AS paid, book.settlement AS settled INTO off
        FROM {LINE} line JOIN programmes_fundingsource source ON source.code = line.source_id AND source.is_support
        CROSS JOIN LATERAL ({sums_of("line.scheme_id", "line.source_id")}) book
        WHERE line.scheme_id = NEW.id AND book.advance + book.payment - book.refund <> book.settlement LIMIT 1;
    IF FOUND THEN {refuse("scheme_books_even_at_close", UNEVEN, "off.name", dong("off.paid"), dong("off.settled"))} END IF;
    """,
    declare=[("off", "RECORD")],
)

adjusted_in_its_time = before(
    "adjustment_in_its_time",
    pgtrigger.Insert,
    f"""
    SELECT * INTO scheme FROM {SCHEME} WHERE id = NEW.scheme_id FOR NO KEY UPDATE;
    IF scheme.status NOT IN ({_list(ADJUSTABLE)}) THEN
        {refuse("adjustment_in_its_time", "Chỉ điều chỉnh đề án đã phê duyệt và chưa nghiệm thu.")}
    END IF;
    IF NEW.decided_on < scheme.decision_on OR NEW.decided_on > (NEW.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN
        {refuse("adjustment_day", "Ngày quyết định điều chỉnh phải từ ngày phê duyệt đề án đến hôm nay.")}
    END IF;
    IF NEW.made_by_id IN (scheme.created_by_id, scheme.submitted_by_id) THEN
        {refuse("adjustment_four_eyes", "Người lập hoặc người gửi đề án không được tự điều chỉnh đề án đó.")}
    END IF;
    IF NEW.end_on < scheme.start_on THEN
        {refuse("adjustment_end_after_start", "Ngày kết thúc mới không được trước ngày bắt đầu của đề án.")}
    END IF;
    NEW.written_in := pg_current_xact_id()::text::bigint;
    IF EXISTS (SELECT 1 FROM programmes_adjustmentauthority rule WHERE {{rule}})
        AND NOT EXISTS (SELECT 1 FROM programmes_adjustmentauthority rule WHERE {{rule}} AND rule.authority = NEW.authority) THEN
        {refuse("adjustment_authority", "Loại điều chỉnh này không thuộc thẩm quyền đã chọn (xem thẩm quyền điều chỉnh của cấp đề án).")}
    END IF;
    """.replace(
        "{rule}",
        "rule.level = scheme.level AND rule.kind = NEW.kind AND (rule.is_group IS NULL OR rule.is_group = scheme.is_group) "
        "AND rule.valid_from <= NEW.decided_on AND (rule.valid_to IS NULL OR rule.valid_to >= NEW.decided_on)",
    ),
    declare=[("scheme", f"{SCHEME}%ROWTYPE")],
)

WHOLE = "Quyết định điều chỉnh đã ghi xong nên không thêm dòng được. Hãy ghi một quyết định điều chỉnh mới."
NOT_THERE = (
    "Số trước điều chỉnh phải là số đang có hiệu lực (%s đồng). Người khác có thể vừa điều chỉnh: hãy mở lại trang."
)


def moved(name, table, key):
    """An adjustment's line begins at the amount in force, which then becomes the new one."""
    return before(
        name,
        pgtrigger.Insert,
        f"""
        SELECT scheme_id, written_in INTO scheme, written FROM programmes_adjustment WHERE id = NEW.adjustment_id;
        IF written <> pg_current_xact_id()::text::bigint THEN {refuse("adjustment_is_whole", WHOLE)} END IF;
        {LOCK % "scheme"}
        SELECT {AGREED("part")} INTO now FROM {table} part WHERE part.scheme_id = scheme AND part.{key} = NEW.{key};
        IF NOT FOUND THEN {refuse(f"{name}_of_the_scheme", "Đề án không có dòng này để điều chỉnh.")} END IF;
        IF coalesce(now, 0) <> NEW.before_amount THEN {refuse(name, NOT_THERE, dong("coalesce(now, 0)"))} END IF;
        """,
        declare=[("scheme", "BIGINT"), ("written", "BIGINT"), ("now", "NUMERIC")],
    )


CLOSED = "%s chỉ được quyết định đến hết ngày %s nên không tăng được số của nguồn này."
line_of_an_open_source = before(
    "adjustment_line_source_open",
    pgtrigger.Insert,
    f"""
    SELECT source.name, to_char(source.valid_to, 'DD/MM/YYYY') AS last_day INTO closed FROM programmes_fundingsource source
        JOIN programmes_adjustment adjustment ON adjustment.id = NEW.adjustment_id
        WHERE source.code = NEW.source_id AND source.valid_to < adjustment.decided_on AND NEW.after_amount > NEW.before_amount;
    IF FOUND THEN {refuse("adjustment_line_source_open", CLOSED, "closed.name", "closed.last_day")} END IF;
    """,
    declare=[("closed", "RECORD")],
)


def applied(name, table, key):
    """After an adjustment's line: the part of the scheme has the new amount."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func=f"""
        UPDATE {table} part SET adjusted_amount = NEW.after_amount FROM programmes_adjustment adjustment
            WHERE adjustment.id = NEW.adjustment_id AND part.scheme_id = adjustment.scheme_id AND part.{key} = NEW.{key};
        RETURN NULL;
        """,
    )


def as_adjusted(name, lines, key):
    """The amount after adjustment is what the last adjustment says; nobody types it."""
    return before(
        name,
        pgtrigger.Insert | pgtrigger.Update,
        f"""
        SELECT moved.after_amount INTO wanted FROM {lines} moved JOIN programmes_adjustment adjustment ON adjustment.id = moved.adjustment_id
            WHERE adjustment.scheme_id = NEW.scheme_id AND moved.{key} = NEW.{key} ORDER BY moved.id DESC LIMIT 1;
        IF NEW.adjusted_amount IS DISTINCT FROM wanted THEN
            {refuse(name, "Số sau điều chỉnh chỉ đổi bằng một quyết định điều chỉnh.")}
        END IF;
        """,
        declare=[("wanted", "NUMERIC")],
    )


line_as_adjusted = as_adjusted("funding_line_as_adjusted", "programmes_adjustmentline", "source_id")
benefit_as_adjusted = as_adjusted("beneficiary_as_adjusted", "programmes_adjustmentbenefit", "facility_id")

end_moved = pgtrigger.Trigger(
    name="adjustment_moves_end",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func=f"""
    IF NEW.end_on IS NOT NULL THEN UPDATE {SCHEME} SET adjusted_end_on = NEW.end_on WHERE id = NEW.scheme_id; END IF;
    RETURN NULL;
    """,
)
end_as_adjusted = before(
    "scheme_end_as_adjusted",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF TG_OP = 'UPDATE' THEN
        IF NEW.adjusted_end_on IS NOT DISTINCT FROM OLD.adjusted_end_on THEN RETURN NEW; END IF;
    END IF;
    IF NEW.adjusted_end_on IS DISTINCT FROM
        (SELECT end_on FROM programmes_adjustment WHERE scheme_id = NEW.id AND end_on IS NOT NULL ORDER BY id DESC LIMIT 1) THEN
        {refuse("scheme_end_as_adjusted", "Ngày kết thúc sau điều chỉnh chỉ đổi bằng một quyết định điều chỉnh.")}
    END IF;
    """,
)

MORE = "Tổng hỗ trợ tăng từ %s lên %s đồng: phải là loại điều chỉnh “Tăng tổng kinh phí hỗ trợ”."
support_grows_by_its_kind = at_commit(
    "adjustment_support_grows_by_its_kind",
    pgtrigger.Insert,
    f"""
    SELECT coalesce(sum(moved.before_amount), 0) AS old, coalesce(sum(moved.after_amount), 0) AS new INTO support
        FROM programmes_adjustmentline moved JOIN programmes_fundingsource source ON source.code = moved.source_id AND source.is_support
        WHERE moved.adjustment_id = NEW.id;
    IF support.new > support.old AND NEW.kind <> 'increase' THEN
        {refuse("adjustment_support_grows_by_its_kind", MORE, dong("support.old"), dong("support.new"))}
    END IF;
    """,
    declare=[("support", "RECORD")],
)

PAID_MORE = "%s: đã chi %s đồng, không giảm số được duyệt xuống %s đồng được. Ghi hoàn trả trước rồi điều chỉnh."
line_covers_what_was_paid = at_commit(
    "funding_line_covers_what_was_paid",
    pgtrigger.Update,
    f"""
    IF NEW.adjusted_amount IS NOT DISTINCT FROM OLD.adjusted_amount THEN RETURN NULL; END IF;
    {FRESH}
    {LOCK % "NEW.scheme_id"}
    {sums_of("NEW.scheme_id", "NEW.source_id").replace("FROM", "INTO book FROM", 1)};
    IF book.advance + book.payment - book.refund > {AGREED("NEW")} THEN
        {
        refuse(
            "funding_line_covers_what_was_paid",
            PAID_MORE,
            "(SELECT name FROM programmes_fundingsource WHERE code = NEW.source_id)",
            dong("book.advance + book.payment - book.refund"),
            dong(AGREED("NEW")),
        )
    }
    END IF;
    """,
    declare=[("book", "RECORD")],
)

UNEVEN_YEARS = "%s: các năm cộng lại là %s đồng, kinh phí đề nghị là %s đồng. Hai số phải bằng nhau."


def _years_add_up(name, operation, row):
    """At commit: where money is split by year, the years of a source add up to what is proposed."""
    return at_commit(
        name,
        operation,
        f"""
        SELECT source.name, sum(year.planned_amount) AS years, coalesce(max(line.proposed_amount), 0) AS line INTO off
            FROM programmes_schemeyear year JOIN programmes_fundingsource source ON source.code = year.source_id
            LEFT JOIN programmes_fundingline line ON line.scheme_id = year.scheme_id AND line.source_id = year.source_id
            WHERE year.scheme_id = {row}.scheme_id GROUP BY source.name
            HAVING sum(year.planned_amount) <> coalesce(max(line.proposed_amount), 0) LIMIT 1;
        IF FOUND THEN {refuse("scheme_years_add_up", UNEVEN_YEARS, "off.name", dong("off.years"), dong("off.line"))} END IF;
        """,
        declare=[("off", "RECORD")],
    )


years_add_up = _years_add_up("scheme_years_add_up", pgtrigger.Insert | pgtrigger.Update, "NEW")
years_add_up_without = _years_add_up("scheme_years_add_up_without", pgtrigger.Delete, "OLD")
line_adds_up_over_years = _years_add_up("funding_line_adds_up_over_years", pgtrigger.Update | pgtrigger.Insert, "NEW")

benefit_covers_what_was_paid = at_commit(
    "beneficiary_covers_what_was_paid",
    pgtrigger.Update,
    f"""
    IF NEW.adjusted_amount IS NOT DISTINCT FROM OLD.adjusted_amount THEN RETURN NULL; END IF;
    {LOCK % "NEW.scheme_id"}
    SELECT facility.name, paid.amount AS paid INTO share FROM {BENEFIT} benefit
        JOIN facilities_facility facility ON facility.id = benefit.facility_id
        CROSS JOIN LATERAL ({PAID_TO_BENEFIT}) paid
        WHERE benefit.id = NEW.id AND paid.amount > {AGREED("NEW")};
    IF FOUND THEN
        {refuse("beneficiary_covers_what_was_paid", PAID_MORE, "share.name", dong("share.paid"), dong(AGREED("NEW")))}
    END IF;
    """,
    declare=[("share", "RECORD")],
)
