from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("khuyencong", "0002_units_and_agencies")]
    operations = []
