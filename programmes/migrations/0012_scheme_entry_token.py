from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0011_assigned")]

    operations = [
        migrations.AddField(
            model_name="scheme",
            name="entry_token",
            field=models.UUIDField(editable=False, null=True, verbose_name="mã lần lập"),
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=models.UniqueConstraint(
                fields=("entry_token",),
                name="scheme_entered_once",
                violation_error_code="scheme_entered_once",
                violation_error_message="Bản này đã được lưu thành một đề án.",
            ),
        ),
    ]
