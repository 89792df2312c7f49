import pghistory
import pgtrigger
from django.db import migrations

TEXTS = """
    UPDATE programmes_scheme SET location = concat_ws(', ', nullif(commune, ''), nullif(former_district, ''))
    WHERE commune <> '' OR former_district <> ''"""


def move_texts(apps, schema_editor):
    """Places typed as text go into `location`, also of schemes that are locked by now; the history tells it."""
    with (
        pghistory.context(reason="Chuyển địa bàn ghi bằng chữ vào ô địa điểm"),
        pgtrigger.ignore("programmes.Scheme:scheme_locked_once_sent"),
        schema_editor.connection.cursor() as cursor,
    ):
        cursor.execute(TEXTS)


class Migration(migrations.Migration):

    dependencies = [("programmes", "0002_places_and_support_rules")]

    operations = [migrations.RunPython(move_texts, migrations.RunPython.noop)]
