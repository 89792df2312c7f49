from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("facilities", "0005_fill_name_keys")]

    operations = [
        migrations.RunSQL("ALTER TABLE facilities_facility DROP commune, DROP former_district", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='facility',
            constraint=models.UniqueConstraint(condition=models.Q(('merged_into__isnull', True)), fields=('province', 'name_key', 'commune', 'tax_code'), name='facility_name_once', violation_error_code='facility_name_once', violation_error_message='Danh bạ đã có cơ sở cùng tên ở cùng xã, phường. Nếu là cơ sở khác, hãy ghi mã số thuế, hoặc thêm dấu hiệu phân biệt vào tên.'),
        ),
    ]
