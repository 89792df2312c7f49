"""Papers of demonstration schemes, so that each step finds its dossier complete."""

from django.db import connection

from programmes.models.dossier_guards import DOCUMENT, ITEM, TARGET, applies, given, valid_on

NOTE = "Số liệu minh họa"


def illustrate(schemes, by, *, status, on):
    """Record every paper that the step to `status` on the day `on` asks of `schemes` (a QuerySet), in one statement.

    Each is a note that the paper was received the day before; call it before the step.
    """
    ids = list(schemes.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {DOCUMENT} (scheme_id, item_id, title, is_paper, received_on, stored_name, original_name, sha256,
                content_type, note, uploaded_by_id, uploaded_at, withdrawn_reason)
            SELECT scheme.id, item.id, item.name, TRUE, day.before, '', '', '', '', '{NOTE}', %s,
                (day.before + time '08:00') AT TIME ZONE 'Asia/Ho_Chi_Minh', ''
            FROM programmes_scheme scheme CROSS JOIN (SELECT %s::date - 1 AS before) day
                JOIN {ITEM} item ON item.is_required AND {TARGET} = %s AND {valid_on("(day.before + 1)")} AND {applies("scheme")}
            WHERE scheme.id = ANY(%s) AND NOT {given("scheme")}
            ORDER BY scheme.id, item.position, item.id""",
            [by.pk, on, status, ids],
        )
