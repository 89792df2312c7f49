from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("programmes", "0003_texts_of_places")]

    operations = [
        migrations.RunSQL("ALTER TABLE programmes_scheme DROP commune, DROP former_district", migrations.RunSQL.noop)
    ]
