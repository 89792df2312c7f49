from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("khuyencong", "0003_calendar"), ("programmes", "0008_monitoring")]
    operations = []
