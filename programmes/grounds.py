"""What makes beneficiaries of a scheme come first, beside what was declared for them (NĐ 45/2012 Đ6; TT 36/2013 Đ7)."""

from facilities import priority


def with_grounds(benefits):
    """Beneficiaries as a list, each with `grounds`: the grounds of priority that the records show today, in words.

    A facility that was merged has those of the kept one. Two queries.
    """
    rows = list(benefits.counted().named())
    held = priority.held_by({row.counted_id for row in rows})
    for row in rows:
        row.grounds = held.get(row.counted_id, [])
    return rows
