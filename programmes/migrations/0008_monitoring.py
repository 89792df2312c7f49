import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import khuyencong.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("khuyencong", "0003_calendar"), ("programmes", "0007_calendar")]

    operations = [
        migrations.CreateModel(
            name='MonitoringRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('is_before', models.BooleanField(default=False, verbose_name='trước hỗ trợ')),
                ('revenue', khuyencong.fields.AmountField(blank=True, decimal_places=0, max_digits=18, null=True, verbose_name='doanh thu')),
                ('is_exporter', models.BooleanField(blank=True, null=True, verbose_name='có xuất khẩu')),
                ('export_value', khuyencong.fields.AmountField(blank=True, decimal_places=0, max_digits=18, null=True, verbose_name='trị giá xuất khẩu')),
                ('taxes', khuyencong.fields.AmountField(blank=True, decimal_places=0, max_digits=18, null=True, verbose_name='nộp ngân sách')),
                ('capital_mobilised', khuyencong.fields.AmountField(blank=True, decimal_places=0, max_digits=18, null=True, verbose_name='vốn xã hội huy động')),
                ('jobs', models.PositiveIntegerField(blank=True, null=True, verbose_name='lao động')),
                ('income', khuyencong.fields.AmountField(blank=True, decimal_places=0, help_text='Đồng một tháng của một lao động.', max_digits=18, null=True, verbose_name='thu nhập bình quân')),
                ('productivity', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='năng suất')),
                ('productivity_unit', khuyencong.fields.CleanCharField(blank=True, max_length=40, verbose_name='đơn vị năng suất')),
                ('new_markets', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='thị trường mới')),
                ('material_saved', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MaxValueValidator(100, 'Tỷ lệ tiết kiệm không được quá 100 %.')], verbose_name='tiết kiệm nguyên, nhiên liệu (%)')),
                ('figures_source', khuyencong.fields.CleanCharField(max_length=200, verbose_name='nguồn số liệu')),
                ('note', khuyencong.fields.CleanTextField(blank=True, verbose_name='ghi chú')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ghi lúc')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='lần lưu')),
                ('benefit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='monitoring', to='programmes.schemebeneficiary', verbose_name='đơn vị thụ hưởng')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
            ],
            options={
                'verbose_name': 'số liệu theo dõi sau hỗ trợ',
                'verbose_name_plural': 'số liệu theo dõi sau hỗ trợ',
                'ordering': ['-year', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MonitoringRecordEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('is_before', models.BooleanField(default=False, verbose_name='trước hỗ trợ')),
                ('revenue', khuyencong.fields.AmountField(blank=True, decimal_places=0, max_digits=18, null=True, verbose_name='doanh thu')),
                ('is_exporter', models.BooleanField(blank=True, null=True, verbose_name='có xuất khẩu')),
                ('export_value', khuyencong.fields.AmountField(blank=True, decimal_places=0, max_digits=18, null=True, verbose_name='trị giá xuất khẩu')),
                ('taxes', khuyencong.fields.AmountField(blank=True, decimal_places=0, max_digits=18, null=True, verbose_name='nộp ngân sách')),
                ('capital_mobilised', khuyencong.fields.AmountField(blank=True, decimal_places=0, max_digits=18, null=True, verbose_name='vốn xã hội huy động')),
                ('jobs', models.PositiveIntegerField(blank=True, null=True, verbose_name='lao động')),
                ('income', khuyencong.fields.AmountField(blank=True, decimal_places=0, help_text='Đồng một tháng của một lao động.', max_digits=18, null=True, verbose_name='thu nhập bình quân')),
                ('productivity', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='năng suất')),
                ('productivity_unit', khuyencong.fields.CleanCharField(blank=True, max_length=40, verbose_name='đơn vị năng suất')),
                ('new_markets', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='thị trường mới')),
                ('material_saved', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MaxValueValidator(100, 'Tỷ lệ tiết kiệm không được quá 100 %.')], verbose_name='tiết kiệm nguyên, nhiên liệu (%)')),
                ('figures_source', khuyencong.fields.CleanCharField(max_length=200, verbose_name='nguồn số liệu')),
                ('note', khuyencong.fields.CleanTextField(blank=True, verbose_name='ghi chú')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ghi lúc')),
                ('benefit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.schemebeneficiary', verbose_name='đơn vị thụ hưởng')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.monitoringrecord')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WarningDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('double', 'Hỗ trợ hai lần'), ('unsettled', 'Quá hạn quyết toán'), ('late', 'Chậm tiến độ'), ('unit', 'Đơn vị thực hiện')], max_length=12, verbose_name='loại cảnh báo')),
                ('key', models.CharField(max_length=64, verbose_name='dấu của cảnh báo')),
                ('sentence', khuyencong.fields.CleanTextField(verbose_name='cảnh báo')),
                ('verdict', models.CharField(choices=[('valid', 'Đã kiểm tra, hợp lệ'), ('handled', 'Đã xử lý'), ('reopened', 'Mở lại')], max_length=12, verbose_name='kết luận')),
                ('reason', khuyencong.fields.CleanTextField(verbose_name='lý do, căn cứ')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người kết luận')),
                ('facility', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.facility', verbose_name='cơ sở')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='khuyencong.province', verbose_name='tỉnh, thành phố')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='programmes.warningdecision', verbose_name='thay cho')),
                ('scheme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='warning_decisions', to='programmes.scheme', verbose_name='đề án')),
            ],
            options={
                'verbose_name': 'kết luận về cảnh báo',
                'verbose_name_plural': 'kết luận về cảnh báo',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='WarningDecisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('double', 'Hỗ trợ hai lần'), ('unsettled', 'Quá hạn quyết toán'), ('late', 'Chậm tiến độ'), ('unit', 'Đơn vị thực hiện')], max_length=12, verbose_name='loại cảnh báo')),
                ('key', models.CharField(max_length=64, verbose_name='dấu của cảnh báo')),
                ('sentence', khuyencong.fields.CleanTextField(verbose_name='cảnh báo')),
                ('verdict', models.CharField(choices=[('valid', 'Đã kiểm tra, hợp lệ'), ('handled', 'Đã xử lý'), ('reopened', 'Mở lại')], max_length=12, verbose_name='kết luận')),
                ('reason', khuyencong.fields.CleanTextField(verbose_name='lý do, căn cứ')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người kết luận')),
                ('facility', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='facilities.facility', verbose_name='cơ sở')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.warningdecision')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='khuyencong.province', verbose_name='tỉnh, thành phố')),
                ('replaces', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.warningdecision', verbose_name='thay cho')),
                ('scheme', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.scheme', verbose_name='đề án')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.UniqueConstraint(fields=('benefit', 'year'), name='monitoring_year_once', violation_error_code='monitoring_year_once', violation_error_message='Cơ sở này đã có số liệu của năm đó trong đề án.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_before', True)), fields=('benefit',), name='monitoring_before_once', violation_error_code='monitoring_before_once', violation_error_message='Cơ sở này đã có số liệu trước hỗ trợ trong đề án; hãy sửa số liệu đó.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='monitoring_year_in_range', violation_error_code='monitoring_year_in_range', violation_error_message='Năm phải từ 2000 đến 2100.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('capital_mobilised__isnull', True), ('export_value__isnull', True), ('income__isnull', True), ('is_exporter__isnull', True), ('jobs__isnull', True), ('material_saved__isnull', True), ('new_markets__isnull', True), ('productivity__isnull', True), ('revenue__isnull', True), ('taxes__isnull', True), _negated=True), name='monitoring_says_something', violation_error_code='monitoring_says_something', violation_error_message='Nhập ít nhất một số liệu.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('revenue__isnull', True), ('revenue__gte', 0), _connector='OR'), name='monitoring_revenue_not_negative', violation_error_code='monitoring_revenue_not_negative', violation_error_message='Doanh thu không được âm.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('export_value__isnull', True), ('export_value__gte', 0), _connector='OR'), name='monitoring_export_value_not_negative', violation_error_code='monitoring_export_value_not_negative', violation_error_message='Trị giá xuất khẩu không được âm.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('taxes__isnull', True), ('taxes__gte', 0), _connector='OR'), name='monitoring_taxes_not_negative', violation_error_code='monitoring_taxes_not_negative', violation_error_message='Số nộp ngân sách không được âm.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('capital_mobilised__isnull', True), ('capital_mobilised__gte', 0), _connector='OR'), name='monitoring_capital_mobilised_not_negative', violation_error_code='monitoring_capital_mobilised_not_negative', violation_error_message='Vốn huy động không được âm.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('income__isnull', True), ('income__gte', 0), _connector='OR'), name='monitoring_income_not_negative', violation_error_code='monitoring_income_not_negative', violation_error_message='Thu nhập không được âm.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('productivity__isnull', True), ('productivity__gte', 0), _connector='OR'), name='monitoring_productivity_not_negative', violation_error_code='monitoring_productivity_not_negative', violation_error_message='Năng suất không được âm.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('productivity__isnull', True), models.Q(('productivity_unit', ''), _negated=True), _connector='OR'), name='monitoring_productivity_has_unit', violation_error_code='monitoring_productivity_has_unit', violation_error_message='Ghi đơn vị của năng suất, ví dụ: sản phẩm/giờ, tấn/tháng.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('material_saved__isnull', True), models.Q(('material_saved__gte', 0), ('material_saved__lte', 100)), _connector='OR'), name='monitoring_material_saved_range', violation_error_code='monitoring_material_saved_range', violation_error_message='Tỷ lệ tiết kiệm phải từ 0 đến 100 phần trăm.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('export_value__isnull', True), ('export_value', 0), ('is_exporter__isnull', True), ('is_exporter', True), _connector='OR'), name='monitoring_export_of_an_exporter', violation_error_code='monitoring_export_of_an_exporter', violation_error_message='Có trị giá xuất khẩu thì không thể ghi là không xuất khẩu.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('export_value__isnull', True), ('revenue__isnull', True), ('export_value__lte', models.F('revenue')), _connector='OR'), name='monitoring_export_within_revenue', violation_error_code='monitoring_export_within_revenue', violation_error_message='Trị giá xuất khẩu không được lớn hơn doanh thu.'),
        ),
        migrations.AddConstraint(
            model_name='monitoringrecord',
            constraint=models.CheckConstraint(condition=models.Q(('figures_source', ''), _negated=True), name='monitoring_figures_source_given', violation_error_code='monitoring_figures_source_given', violation_error_message='Ghi nguồn số liệu, ví dụ: báo cáo của cơ sở.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringrecord',
            trigger=pgtrigger.compiler.Trigger(name='monitoring_of_its_time', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE support RECORD;', func="\n    SELECT scheme.status, scheme.year,\n        greatest(scheme.year + 1, extract(year FROM coalesce(scheme.accepted_on, make_date(scheme.year, 1, 1)))::int) AS first\n        INTO support FROM programmes_schemebeneficiary benefit JOIN programmes_scheme scheme ON scheme.id = benefit.scheme_id\n        WHERE benefit.id = NEW.benefit_id FOR KEY SHARE OF scheme;\n    IF NEW.year >= extract(year FROM clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh') THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'monitoring_year_closed', MESSAGE = format('Năm %s chưa hết nên chưa có số liệu cả năm.', NEW.year);\n    END IF;\n    IF NEW.is_before THEN\n        IF support.status NOT IN ('approved', 'contracted', 'detailed', 'in_progress', 'accepted', 'liquidated', 'settled', 'closed') THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'monitoring_before_once_approved', MESSAGE = format('Đề án ở trạng thái “%s”: số liệu trước hỗ trợ chỉ ghi khi đề án đã được phê duyệt.', CASE support.status WHEN 'draft' THEN 'Bản nháp' WHEN 'submitted' THEN 'Chờ thẩm định' WHEN 'returned' THEN 'Trả lại bổ sung' WHEN 'rejected' THEN 'Không phê duyệt' WHEN 'appraised' THEN 'Đã thẩm định cấp cơ sở' WHEN 'registered' THEN 'Đã đăng ký với Cục' WHEN 'ministry' THEN 'Cục đã thẩm định' WHEN 'approved' THEN 'Đã phê duyệt' WHEN 'contracted' THEN 'Đã ký hợp đồng' WHEN 'detailed' THEN 'Đã duyệt kế hoạch chi tiết' WHEN 'in_progress' THEN 'Đang thực hiện' WHEN 'accepted' THEN 'Đã nghiệm thu' WHEN 'liquidated' THEN 'Đã thanh lý hợp đồng' WHEN 'settled' THEN 'Đã quyết toán' WHEN 'closed' THEN 'Đã kết thúc' WHEN 'terminated' THEN 'Đã dừng thực hiện' END);\n        END IF;\n        IF NEW.year > support.year THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'monitoring_before_of_its_time', MESSAGE = format('Số liệu trước hỗ trợ phải của năm %s trở về trước: đề án thuộc kế hoạch năm %s.', support.year, support.year);\n        END IF;\n    ELSE\n        IF support.status NOT IN ('accepted', 'liquidated', 'settled', 'closed') THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'monitoring_after_acceptance', MESSAGE = format('Đề án ở trạng thái “%s”: số liệu sau hỗ trợ chỉ ghi khi đề án đã nghiệm thu.', CASE support.status WHEN 'draft' THEN 'Bản nháp' WHEN 'submitted' THEN 'Chờ thẩm định' WHEN 'returned' THEN 'Trả lại bổ sung' WHEN 'rejected' THEN 'Không phê duyệt' WHEN 'appraised' THEN 'Đã thẩm định cấp cơ sở' WHEN 'registered' THEN 'Đã đăng ký với Cục' WHEN 'ministry' THEN 'Cục đã thẩm định' WHEN 'approved' THEN 'Đã phê duyệt' WHEN 'contracted' THEN 'Đã ký hợp đồng' WHEN 'detailed' THEN 'Đã duyệt kế hoạch chi tiết' WHEN 'in_progress' THEN 'Đang thực hiện' WHEN 'accepted' THEN 'Đã nghiệm thu' WHEN 'liquidated' THEN 'Đã thanh lý hợp đồng' WHEN 'settled' THEN 'Đã quyết toán' WHEN 'closed' THEN 'Đã kết thúc' WHEN 'terminated' THEN 'Đã dừng thực hiện' END);\n        END IF;\n        IF NEW.year < support.first THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'monitoring_after_of_its_time', MESSAGE = format('Số liệu sau hỗ trợ phải từ năm %s: đề án thuộc kế hoạch năm %s.', support.first, support.year);\n        END IF;\n    END IF;\n    \nRETURN NEW;", hash='4dd245e5c0ae659be462133d399dc0702ded9f5f', operation='INSERT OR UPDATE', pgid='pgtrigger_monitoring_of_its_time_18bed', table='programmes_monitoringrecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringrecord',
            trigger=pgtrigger.compiler.Trigger(name='monitoring_stays_with_its_benefit', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.benefit_id <> OLD.benefit_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'monitoring_stays_with_its_benefit', MESSAGE = 'Số liệu theo dõi không chuyển sang cơ sở hay đề án khác được.'; END IF;\nNEW.version := OLD.version + 1;\nRETURN NEW;", hash='fbc7501197c6ab2eaa956321f0d2a8a523080295', operation='UPDATE', pgid='pgtrigger_monitoring_stays_with_its_benefit_fabe1', table='programmes_monitoringrecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringrecord',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_monitoringrecordevent" ("benefit_id", "capital_mobilised", "export_value", "figures_source", "id", "income", "is_before", "is_exporter", "jobs", "material_saved", "new_markets", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "productivity", "productivity_unit", "recorded_at", "recorded_by_id", "revenue", "taxes", "year") VALUES (NEW."benefit_id", NEW."capital_mobilised", NEW."export_value", NEW."figures_source", NEW."id", NEW."income", NEW."is_before", NEW."is_exporter", NEW."jobs", NEW."material_saved", NEW."new_markets", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."productivity", NEW."productivity_unit", NEW."recorded_at", NEW."recorded_by_id", NEW."revenue", NEW."taxes", NEW."year"); RETURN NULL;', hash='a6a3c21fde2bc4b76bd1937fb8ed835724c892bd', operation='INSERT', pgid='pgtrigger_insert_insert_08dab', table='programmes_monitoringrecord', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringrecord',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."benefit_id" IS DISTINCT FROM (NEW."benefit_id") OR OLD."capital_mobilised" IS DISTINCT FROM (NEW."capital_mobilised") OR OLD."export_value" IS DISTINCT FROM (NEW."export_value") OR OLD."figures_source" IS DISTINCT FROM (NEW."figures_source") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."income" IS DISTINCT FROM (NEW."income") OR OLD."is_before" IS DISTINCT FROM (NEW."is_before") OR OLD."is_exporter" IS DISTINCT FROM (NEW."is_exporter") OR OLD."jobs" IS DISTINCT FROM (NEW."jobs") OR OLD."material_saved" IS DISTINCT FROM (NEW."material_saved") OR OLD."new_markets" IS DISTINCT FROM (NEW."new_markets") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."productivity" IS DISTINCT FROM (NEW."productivity") OR OLD."productivity_unit" IS DISTINCT FROM (NEW."productivity_unit") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."revenue" IS DISTINCT FROM (NEW."revenue") OR OLD."taxes" IS DISTINCT FROM (NEW."taxes") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func='INSERT INTO "programmes_monitoringrecordevent" ("benefit_id", "capital_mobilised", "export_value", "figures_source", "id", "income", "is_before", "is_exporter", "jobs", "material_saved", "new_markets", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "productivity", "productivity_unit", "recorded_at", "recorded_by_id", "revenue", "taxes", "year") VALUES (NEW."benefit_id", NEW."capital_mobilised", NEW."export_value", NEW."figures_source", NEW."id", NEW."income", NEW."is_before", NEW."is_exporter", NEW."jobs", NEW."material_saved", NEW."new_markets", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."productivity", NEW."productivity_unit", NEW."recorded_at", NEW."recorded_by_id", NEW."revenue", NEW."taxes", NEW."year"); RETURN NULL;', hash='bfea6ecf385a67d1d6894a175ad2c9d9c1cbf696', operation='UPDATE', pgid='pgtrigger_update_update_64753', table='programmes_monitoringrecord', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringrecord',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_monitoringrecordevent" ("benefit_id", "capital_mobilised", "export_value", "figures_source", "id", "income", "is_before", "is_exporter", "jobs", "material_saved", "new_markets", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "productivity", "productivity_unit", "recorded_at", "recorded_by_id", "revenue", "taxes", "year") VALUES (OLD."benefit_id", OLD."capital_mobilised", OLD."export_value", OLD."figures_source", OLD."id", OLD."income", OLD."is_before", OLD."is_exporter", OLD."jobs", OLD."material_saved", OLD."new_markets", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."productivity", OLD."productivity_unit", OLD."recorded_at", OLD."recorded_by_id", OLD."revenue", OLD."taxes", OLD."year"); RETURN NULL;', hash='959a95d7a5d8889f13748a5bdb10baa177f5bcce', operation='DELETE', pgid='pgtrigger_delete_delete_67da1', table='programmes_monitoringrecord', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringrecordevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='175094ea42f60e0aaf65270af9e42f02ac4bb014', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3c5fe', table='programmes_monitoringrecordevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='warningdecision',
            index=models.Index(fields=['kind', 'key'], name='warning_decision_key'),
        ),
        migrations.AddConstraint(
            model_name='warningdecision',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='warning_decision_reason_given', violation_error_code='warning_decision_reason_given', violation_error_message='Ghi lý do, căn cứ của kết luận.'),
        ),
        migrations.AddConstraint(
            model_name='warningdecision',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('kind', 'key', 'province'), name='warning_decision_once', violation_error_code='warning_decision_once', violation_error_message='Người khác vừa kết luận về cảnh báo này. Hãy mở lại trang để xem.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='warningdecision',
            trigger=pgtrigger.compiler.Trigger(name='warning_decision_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'warning_decision_is_kept', MESSAGE = 'Ý kiến về cảnh báo được giữ nguyên; hãy ghi ý kiến mới thay cho ý kiến này.';\nRETURN NEW;", hash='c2a338984f796a52cad036561a4da03bf8c8240d', operation='DELETE OR UPDATE', pgid='pgtrigger_warning_decision_is_kept_99192', table='programmes_warningdecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='warningdecision',
            trigger=pgtrigger.compiler.Trigger(name='warning_decision_follows_the_last', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM programmes_warningdecision\n        WHERE id = NEW.replaces_id AND kind = NEW.kind AND key = NEW.key AND province_id = NEW.province_id)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'warning_decision_same_warning', MESSAGE = 'Ý kiến được thay phải là của cùng một cảnh báo.'; END IF;\n    \nRETURN NEW;", hash='e88eab0b908cfcf4d7815494bb2dd51ea3749e7c', operation='INSERT', pgid='pgtrigger_warning_decision_follows_the_last_38c8b', table='programmes_warningdecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='warningdecision',
            trigger=pgtrigger.compiler.Trigger(name='warning_decision_four_eyes', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM programmes_scheme WHERE id = NEW.scheme_id AND NEW.by_id IN (created_by_id, submitted_by_id)) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'warning_decision_four_eyes', MESSAGE = 'Người lập hoặc người gửi đề án không tự cho ý kiến về cảnh báo của đề án đó.'; END IF;\nRETURN NEW;", hash='eb315c8d1967a1effac0b8e44021d67c2a8d93a2', operation='INSERT', pgid='pgtrigger_warning_decision_four_eyes_e74f6', table='programmes_warningdecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='warningdecision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_warningdecisionevent" ("at", "by_id", "facility_id", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "replaces_id", "scheme_id", "sentence", "verdict") VALUES (NEW."at", NEW."by_id", NEW."facility_id", NEW."id", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."province_id", NEW."reason", NEW."replaces_id", NEW."scheme_id", NEW."sentence", NEW."verdict"); RETURN NULL;', hash='ef0c30c5877d1fa37a35dac4b6bf2dea342c2ebe', operation='INSERT', pgid='pgtrigger_insert_insert_50194', table='programmes_warningdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='warningdecision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_warningdecisionevent" ("at", "by_id", "facility_id", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "replaces_id", "scheme_id", "sentence", "verdict") VALUES (NEW."at", NEW."by_id", NEW."facility_id", NEW."id", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."province_id", NEW."reason", NEW."replaces_id", NEW."scheme_id", NEW."sentence", NEW."verdict"); RETURN NULL;', hash='dc184c86c0479901d35f2bdeb9a46e7e81b38c65', operation='UPDATE', pgid='pgtrigger_update_update_6ed42', table='programmes_warningdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='warningdecision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_warningdecisionevent" ("at", "by_id", "facility_id", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "replaces_id", "scheme_id", "sentence", "verdict") VALUES (OLD."at", OLD."by_id", OLD."facility_id", OLD."id", OLD."key", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."province_id", OLD."reason", OLD."replaces_id", OLD."scheme_id", OLD."sentence", OLD."verdict"); RETURN NULL;', hash='87b8baf7e7a375d08966e1de9ac4521487d83ef8', operation='DELETE', pgid='pgtrigger_delete_delete_2c75c', table='programmes_warningdecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='warningdecisionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='63a7f0f56c26682e441a59dc04d9322d1a35f52a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a7e77', table='programmes_warningdecisionevent', when='BEFORE')),
        ),
    ]
