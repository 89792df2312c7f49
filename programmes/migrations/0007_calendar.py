
import django.db.models.deletion
import khuyencong.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('khuyencong', '0003_calendar'),
        ('programmes', '0006_dossier'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeadlineRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(blank=True, choices=[('national', 'Quốc gia'), ('local', 'Địa phương')], help_text='Để trống: mọi cấp.', max_length=10, verbose_name='cấp')),
                ('status', models.CharField(choices=[('draft', 'Bản nháp'), ('submitted', 'Chờ thẩm định'), ('returned', 'Trả lại bổ sung'), ('rejected', 'Không phê duyệt'), ('appraised', 'Đã thẩm định cấp cơ sở'), ('registered', 'Đã đăng ký với Cục'), ('ministry', 'Cục đã thẩm định'), ('approved', 'Đã phê duyệt'), ('contracted', 'Đã ký hợp đồng'), ('detailed', 'Đã duyệt kế hoạch chi tiết'), ('in_progress', 'Đang thực hiện'), ('accepted', 'Đã nghiệm thu'), ('liquidated', 'Đã thanh lý hợp đồng'), ('settled', 'Đã quyết toán'), ('closed', 'Đã kết thúc'), ('terminated', 'Đã dừng thực hiện')], max_length=12, verbose_name='khi đề án ở trạng thái')),
                ('role', models.CharField(choices=[('staff', 'Chuyên viên'), ('reviewer', 'Thẩm định'), ('leader', 'Lãnh đạo'), ('auditor', 'Thanh tra'), ('administrator', 'Quản trị hệ thống')], max_length=15, verbose_name='người phải làm')),
                ('kind', models.CharField(choices=[('working_days', 'Số ngày làm việc sau khi chuyển trạng thái'), ('calendar_days', 'Số ngày sau khi chuyển trạng thái'), ('scheme_end', 'Số ngày sau ngày kết thúc của đề án'), ('fixed_day', 'Ngày cố định, tính theo năm kế hoạch'), ('monthly', 'Nhắc hằng tháng, vào ngày'), ('yearly', 'Nhắc hằng năm, vào ngày')], max_length=15, verbose_name='cách tính hạn')),
                ('number', models.PositiveSmallIntegerField(help_text='“Trước ngày 25” thì ghi 24: ngày cuối cùng còn đúng hạn.', verbose_name='số ngày hoặc ngày trong tháng')),
                ('month', models.PositiveSmallIntegerField(blank=True, help_text='Cho ngày cố định, hằng năm.', null=True, verbose_name='tháng')),
                ('year_offset', models.SmallIntegerField(blank=True, help_text='-1: năm trước; 0: năm kế hoạch; 1: năm sau.', null=True, verbose_name='cách năm kế hoạch')),
                ('label', khuyencong.fields.CleanCharField(max_length=150, verbose_name='việc phải làm')),
                ('document', khuyencong.fields.CleanCharField(max_length=150, verbose_name='văn bản')),
                ('clause', khuyencong.fields.CleanCharField(blank=True, max_length=100, verbose_name='điều khoản')),
                ('warn_days', models.PositiveSmallIntegerField(default=3, verbose_name='nhắc trước (ngày làm việc)')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, help_text='Để trống nếu còn hiệu lực.', null=True, verbose_name='đến ngày')),
                ('is_verified', models.BooleanField(default=False, help_text='Đã đối chiếu với văn bản gốc. Chưa đánh dấu: cần kiểm tra.', verbose_name='đã kiểm chứng')),
                ('note', khuyencong.fields.CleanTextField(blank=True, verbose_name='ghi chú')),
            ],
            options={
                'verbose_name': 'hạn của bước',
                'verbose_name_plural': 'hạn của các bước',
                'ordering': ['status', 'level', '-valid_from', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DeadlineRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('level', models.CharField(blank=True, choices=[('national', 'Quốc gia'), ('local', 'Địa phương')], help_text='Để trống: mọi cấp.', max_length=10, verbose_name='cấp')),
                ('status', models.CharField(choices=[('draft', 'Bản nháp'), ('submitted', 'Chờ thẩm định'), ('returned', 'Trả lại bổ sung'), ('rejected', 'Không phê duyệt'), ('appraised', 'Đã thẩm định cấp cơ sở'), ('registered', 'Đã đăng ký với Cục'), ('ministry', 'Cục đã thẩm định'), ('approved', 'Đã phê duyệt'), ('contracted', 'Đã ký hợp đồng'), ('detailed', 'Đã duyệt kế hoạch chi tiết'), ('in_progress', 'Đang thực hiện'), ('accepted', 'Đã nghiệm thu'), ('liquidated', 'Đã thanh lý hợp đồng'), ('settled', 'Đã quyết toán'), ('closed', 'Đã kết thúc'), ('terminated', 'Đã dừng thực hiện')], max_length=12, verbose_name='khi đề án ở trạng thái')),
                ('role', models.CharField(choices=[('staff', 'Chuyên viên'), ('reviewer', 'Thẩm định'), ('leader', 'Lãnh đạo'), ('auditor', 'Thanh tra'), ('administrator', 'Quản trị hệ thống')], max_length=15, verbose_name='người phải làm')),
                ('kind', models.CharField(choices=[('working_days', 'Số ngày làm việc sau khi chuyển trạng thái'), ('calendar_days', 'Số ngày sau khi chuyển trạng thái'), ('scheme_end', 'Số ngày sau ngày kết thúc của đề án'), ('fixed_day', 'Ngày cố định, tính theo năm kế hoạch'), ('monthly', 'Nhắc hằng tháng, vào ngày'), ('yearly', 'Nhắc hằng năm, vào ngày')], max_length=15, verbose_name='cách tính hạn')),
                ('number', models.PositiveSmallIntegerField(help_text='“Trước ngày 25” thì ghi 24: ngày cuối cùng còn đúng hạn.', verbose_name='số ngày hoặc ngày trong tháng')),
                ('month', models.PositiveSmallIntegerField(blank=True, help_text='Cho ngày cố định, hằng năm.', null=True, verbose_name='tháng')),
                ('year_offset', models.SmallIntegerField(blank=True, help_text='-1: năm trước; 0: năm kế hoạch; 1: năm sau.', null=True, verbose_name='cách năm kế hoạch')),
                ('label', khuyencong.fields.CleanCharField(max_length=150, verbose_name='việc phải làm')),
                ('document', khuyencong.fields.CleanCharField(max_length=150, verbose_name='văn bản')),
                ('clause', khuyencong.fields.CleanCharField(blank=True, max_length=100, verbose_name='điều khoản')),
                ('warn_days', models.PositiveSmallIntegerField(default=3, verbose_name='nhắc trước (ngày làm việc)')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, help_text='Để trống nếu còn hiệu lực.', null=True, verbose_name='đến ngày')),
                ('is_verified', models.BooleanField(default=False, help_text='Đã đối chiếu với văn bản gốc. Chưa đánh dấu: cần kiểm tra.', verbose_name='đã kiểm chứng')),
                ('note', khuyencong.fields.CleanTextField(blank=True, verbose_name='ghi chú')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scheme',
            trigger=pgtrigger.compiler.Trigger(name='scheme_due', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.due_on := (SELECT min(CASE rule.kind\n        WHEN 'working_days' THEN (SELECT one::date FROM generate_series((NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + 1, (NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + 2 * (rule.number) + 60, interval '1 day') one\n        LEFT JOIN khuyencong_holiday off ON off.day = one::date\n        WHERE coalesce(off.is_working, extract(isodow FROM one) < 6) ORDER BY one LIMIT 1 OFFSET (rule.number) - 1)\n        WHEN 'calendar_days' THEN (SELECT one::date FROM generate_series((NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + rule.number - 1 + 1, (NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + rule.number - 1 + 2 * (1) + 60, interval '1 day') one\n        LEFT JOIN khuyencong_holiday off ON off.day = one::date\n        WHERE coalesce(off.is_working, extract(isodow FROM one) < 6) ORDER BY one LIMIT 1 OFFSET (1) - 1)\n        WHEN 'scheme_end' THEN (SELECT one::date FROM generate_series(coalesce(NEW.adjusted_end_on, NEW.end_on) + rule.number - 1 + 1, coalesce(NEW.adjusted_end_on, NEW.end_on) + rule.number - 1 + 2 * (1) + 60, interval '1 day') one\n        LEFT JOIN khuyencong_holiday off ON off.day = one::date\n        WHERE coalesce(off.is_working, extract(isodow FROM one) < 6) ORDER BY one LIMIT 1 OFFSET (1) - 1)\n        WHEN 'fixed_day' THEN CASE WHEN make_date(NEW.year + rule.year_offset, rule.month, rule.number) >= (NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN make_date(NEW.year + rule.year_offset, rule.month, rule.number) END END) FROM programmes_deadlinerule rule WHERE rule.status = NEW.status AND rule.level IN ('', NEW.level)\n        AND (NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN rule.valid_from AND coalesce(rule.valid_to, 'infinity') AND (rule.province_id IN (WITH RECURSIVE later(id) AS (\n        SELECT NEW.province_id UNION SELECT successor_id FROM khuyencong_provincelineage JOIN later ON predecessor_id = later.id\n    ) SELECT id FROM later)\n        OR rule.province_id IS NULL AND NOT EXISTS (SELECT 1 FROM programmes_deadlinerule own\n            WHERE own.status = NEW.status AND own.level IN ('', NEW.level)\n        AND (NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN own.valid_from AND coalesce(own.valid_to, 'infinity') AND own.kind NOT IN ('monthly', 'yearly') AND own.province_id IN (WITH RECURSIVE later(id) AS (\n        SELECT NEW.province_id UNION SELECT successor_id FROM khuyencong_provincelineage JOIN later ON predecessor_id = later.id\n    ) SELECT id FROM later))));\nRETURN NEW;", hash='7c5b7fe9c845e6c504a7a1488afafa7dea70cf62', operation='INSERT OR UPDATE', pgid='pgtrigger_scheme_due_2c87a', table='programmes_scheme', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scheme',
            trigger=pgtrigger.compiler.Trigger(name='scheme_assignee_of_the_place', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE person RECORD;', func="\n    IF NEW.assigned_to_id IS NULL THEN RETURN NEW; END IF;\n    IF TG_OP = 'UPDATE' THEN\n        IF NEW.assigned_to_id IS NOT DISTINCT FROM OLD.assigned_to_id THEN RETURN NEW; END IF;\n    END IF;\n    SELECT * INTO person FROM khuyencong_user WHERE id = NEW.assigned_to_id;\n    IF NOT person.is_active OR person.role NOT IN ('staff', 'reviewer')\n        OR person.province_id IS NOT NULL AND NOT (person.province_id = NEW.province_id OR EXISTS (\n        WITH RECURSIVE older(id) AS (\n            SELECT person.province_id UNION SELECT predecessor_id FROM khuyencong_provincelineage JOIN older ON successor_id = older.id\n        ), newer(id) AS (\n            SELECT person.province_id UNION SELECT successor_id FROM khuyencong_provincelineage JOIN newer ON predecessor_id = newer.id\n        )\n        SELECT 1 FROM (SELECT id FROM older UNION SELECT id FROM newer) kin WHERE kin.id = NEW.province_id))\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'scheme_assignee_of_the_place', MESSAGE = format('%s không phải chuyên viên hoặc người thẩm định đang hoạt động của địa bàn này nên không được giao đề án.', person.full_name); END IF;\n    \nRETURN NEW;", hash='46cd8a78e6400619ccbe6b9b2c0d2ee0d5bb4e1b', operation='INSERT OR UPDATE', pgid='pgtrigger_scheme_assignee_of_the_place_a009b', table='programmes_scheme', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='deadlinerule',
            name='province',
            field=models.ForeignKey(blank=True, help_text='Để trống: cả nước.', null=True, on_delete=django.db.models.deletion.PROTECT, to='khuyencong.province', verbose_name='tỉnh, thành phố'),
        ),
        migrations.AddField(
            model_name='deadlineruleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='deadlineruleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.deadlinerule'),
        ),
        migrations.AddField(
            model_name='deadlineruleevent',
            name='province',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Để trống: cả nước.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='khuyencong.province', verbose_name='tỉnh, thành phố'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='deadline_rule_label_given', violation_error_code='deadline_rule_label_given', violation_error_message='Nhập việc phải làm.'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='deadline_rule_document_given', violation_error_code='deadline_rule_document_given', violation_error_message='Nhập văn bản quy định.'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='deadline_rule_valid_from_before_valid_to', violation_error_code='deadline_rule_valid_from_before_valid_to', violation_error_message='Ngày cuối không được trước ngày đầu.'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['fixed_day', 'yearly', 'monthly']), _negated=True), models.Q(('kind', 'monthly'), ('number__gte', 1), ('number__lte', 28)), models.Q(('kind__in', ('fixed_day', 'yearly')), ('number__gte', 1), models.Q(models.Q(('month__in', [4, 6, 9, 11]), ('number__lte', 30)), models.Q(('month', 2), ('number__lte', 28)), models.Q(('month__in', [1, 3, 5, 7, 8, 10, 12]), ('number__lte', 31)), _connector='OR')), _connector='OR'), name='deadline_rule_real_day', violation_error_code='deadline_rule_real_day', violation_error_message='Không có ngày này: hằng tháng ghi từ ngày 1 đến 28; ngày cố định ghi ngày và tháng có thật.'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['monthly', 'yearly', 'fixed_day']), models.Q(('kind', 'scheme_end'), ('number__lte', 1000)), models.Q(('number__gte', 1), ('number__lte', 1000)), _connector='OR'), name='deadline_rule_counts_days', violation_error_code='deadline_rule_counts_days', violation_error_message='Số ngày phải từ 1 đến 1.000.'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'fixed_day'), ('month__isnull', False), ('year_offset__gte', -2), ('year_offset__lte', 3)), models.Q(('kind', 'yearly'), ('month__isnull', False), ('year_offset__isnull', True)), models.Q(models.Q(('kind__in', ('fixed_day', 'yearly')), _negated=True), ('month__isnull', True), ('year_offset__isnull', True)), _connector='OR'), name='deadline_rule_parts_of_kind', violation_error_code='deadline_rule_parts_of_kind', violation_error_message='Ngày cố định cần tháng và số năm cách năm kế hoạch (từ -2 đến 3); hằng năm chỉ cần tháng; các cách khác thì để trống cả hai.'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.UniqueConstraint(fields=('level', 'province', 'status', 'kind', 'document', 'valid_from'), name='deadline_rule_once', nulls_distinct=False, violation_error_code='deadline_rule_once', violation_error_message='Hạn này của văn bản đã có.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinerule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_deadlineruleevent" ("clause", "document", "id", "is_verified", "kind", "label", "level", "month", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "role", "status", "valid_from", "valid_to", "warn_days", "year_offset") VALUES (NEW."clause", NEW."document", NEW."id", NEW."is_verified", NEW."kind", NEW."label", NEW."level", NEW."month", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."province_id", NEW."role", NEW."status", NEW."valid_from", NEW."valid_to", NEW."warn_days", NEW."year_offset"); RETURN NULL;', hash='06fb7b98aef2b5d96b872da74915139cc1ce7a6f', operation='INSERT', pgid='pgtrigger_insert_insert_69964', table='programmes_deadlinerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinerule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_deadlineruleevent" ("clause", "document", "id", "is_verified", "kind", "label", "level", "month", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "role", "status", "valid_from", "valid_to", "warn_days", "year_offset") VALUES (NEW."clause", NEW."document", NEW."id", NEW."is_verified", NEW."kind", NEW."label", NEW."level", NEW."month", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."province_id", NEW."role", NEW."status", NEW."valid_from", NEW."valid_to", NEW."warn_days", NEW."year_offset"); RETURN NULL;', hash='b1831f9acd902fc5e003a9c61169d7fce9177e0e', operation='UPDATE', pgid='pgtrigger_update_update_3f2ff', table='programmes_deadlinerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinerule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_deadlineruleevent" ("clause", "document", "id", "is_verified", "kind", "label", "level", "month", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "role", "status", "valid_from", "valid_to", "warn_days", "year_offset") VALUES (OLD."clause", OLD."document", OLD."id", OLD."is_verified", OLD."kind", OLD."label", OLD."level", OLD."month", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."province_id", OLD."role", OLD."status", OLD."valid_from", OLD."valid_to", OLD."warn_days", OLD."year_offset"); RETURN NULL;', hash='3b871471d3896a852a19f342cabf39fee6c48547', operation='DELETE', pgid='pgtrigger_delete_delete_3b920', table='programmes_deadlinerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlineruleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9260a3bc584e527f3598653758d954d6d3dae45e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8fc22', table='programmes_deadlineruleevent', when='BEFORE')),
        ),
    ]
