import pghistory
from django.db import migrations

ACCEPTED = """
    UPDATE programmes_fundingline line SET accepted_amount = line.approved_amount FROM programmes_scheme scheme
    WHERE scheme.id = line.scheme_id AND scheme.status IN ('accepted', 'settled') AND line.accepted_amount IS NULL"""


def fill(apps, schema_editor):
    """What was accepted before there was a column for it: all that was approved. The history tells it."""
    with pghistory.context(reason="Ghi giá trị nghiệm thu của đề án đã nghiệm thu"):
        schema_editor.execute(ACCEPTED)


class Migration(migrations.Migration):

    dependencies = [("programmes", "0005_life_columns")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
