from django.db import migrations

from facilities.names import name_key, plain_name


def fill(apps, schema_editor):
    """Names written before there were keys."""
    facility = apps.get_model("facilities", "Facility")
    for pk, name in facility.objects.values_list("pk", "name").iterator():
        facility.objects.filter(pk=pk).update(name_key=name_key(name), plain_name=plain_name(name))


class Migration(migrations.Migration):

    dependencies = [("facilities", "0004_facility_in_full")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
