import pghistory
from django.db import migrations

from facilities.names import name_key, plain_name


TEXTS = """
    UPDATE facilities_facility
    SET note = concat_ws(E'\\n', nullif(note, ''), 'Địa bàn đã ghi: ' || concat_ws(', ', nullif(commune, ''), nullif(former_district, '')))
    WHERE commune <> '' OR former_district <> ''"""


def move_texts(apps, schema_editor):
    """Places typed as text, before there were units to choose, go into the note; the history tells it."""
    with pghistory.context(reason="Chuyển địa bàn ghi bằng chữ vào ghi chú"), schema_editor.connection.cursor() as cursor:
        cursor.execute(TEXTS)


def fill(apps, schema_editor):
    """Names written before there were keys."""
    facility = apps.get_model("facilities", "Facility")
    for pk, name in facility.objects.values_list("pk", "name").iterator():
        facility.objects.filter(pk=pk).update(name_key=name_key(name), plain_name=plain_name(name))


class Migration(migrations.Migration):

    dependencies = [("facilities", "0004_facility_in_full")]

    operations = [
        migrations.RunPython(move_texts, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
