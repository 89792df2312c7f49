import pghistory
from django.db import migrations

BOOKED = """
    INSERT INTO programmes_ledgerentry (scheme_id, source_id, kind, amount, entered_on, document_number, note, recorded_by_id, recorded_at)
    SELECT scheme.id, line.source_id, kind.name, line.settled_amount, scheme.settled_on, scheme.settlement_number,
        'Chuyển từ số quyết toán đã ghi', scheme.settled_by_id, scheme.status_at
    FROM programmes_fundingline line JOIN programmes_scheme scheme ON scheme.id = line.scheme_id
    JOIN programmes_fundingsource source ON source.code = line.source_id AND source.is_support
    CROSS JOIN (VALUES (1, 'payment'), (2, 'settlement')) AS kind(position, name)
    WHERE scheme.status = 'settled' AND line.settled_amount > 0 ORDER BY scheme.id, line.id, kind.position"""


def book(apps, schema_editor):
    """What was settled before there was a book: paid and booked on the day of its settlement."""
    with pghistory.context(reason="Chuyển số đã quyết toán vào sổ thu chi"):
        schema_editor.execute(BOOKED)


class Migration(migrations.Migration):

    dependencies = [("programmes", "0007_life_of_a_scheme")]

    operations = [migrations.RunPython(book, migrations.RunPython.noop)]
