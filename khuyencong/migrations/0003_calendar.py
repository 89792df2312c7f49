
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import khuyencong.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('khuyencong', '0002_units_and_agencies'),
    ]

    operations = [
        migrations.CreateModel(
            name='HolidayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('day', models.DateField(error_messages={'unique': 'Ngày này đã có trong lịch.'}, verbose_name='ngày')),
                ('name', khuyencong.fields.CleanCharField(max_length=100, verbose_name='tên')),
                ('is_working', models.BooleanField(default=False, help_text='Thứ Bảy, Chủ nhật làm bù. Không đánh dấu: ngày nghỉ.', verbose_name='ngày làm việc')),
                ('document', khuyencong.fields.CleanCharField(max_length=150, verbose_name='văn bản')),
                ('is_verified', models.BooleanField(default=False, help_text='Đã đối chiếu với văn bản. Chưa đánh dấu: cần kiểm tra.', verbose_name='đã kiểm chứng')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sent', 'Đề án gửi đến chờ thẩm định'), ('decided', 'Kết quả xử lý đề án đã gửi'), ('assigned', 'Được giao thụ lý'), ('due_soon', 'Sắp đến hạn'), ('overdue', 'Quá hạn'), ('periodic', 'Báo cáo, quyết toán, theo dõi định kỳ'), ('delegation', 'Ủy quyền khi vắng mặt')], max_length=12, verbose_name='loại')),
                ('title', khuyencong.fields.CleanCharField(max_length=300, verbose_name='nội dung')),
                ('url', models.CharField(help_text='Đường dẫn trong cổng, bắt đầu bằng dấu gạch chéo.', max_length=300, verbose_name='địa chỉ')),
                ('key', models.CharField(max_length=120, verbose_name='khóa')),
                ('in_portal', models.BooleanField(default=True, verbose_name='hiện trong cổng')),
                ('mail', models.CharField(choices=[('at_once', 'Gửi ngay'), ('daily', 'Gộp mỗi ngày một thư'), ('never', 'Không gửi')], default='daily', max_length=8, verbose_name='gửi thư')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='đọc lúc')),
                ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='gửi thư lúc')),
            ],
            options={
                'verbose_name': 'thông báo',
                'verbose_name_plural': 'thông báo',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticePreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sent', 'Đề án gửi đến chờ thẩm định'), ('decided', 'Kết quả xử lý đề án đã gửi'), ('assigned', 'Được giao thụ lý'), ('due_soon', 'Sắp đến hạn'), ('overdue', 'Quá hạn'), ('periodic', 'Báo cáo, quyết toán, theo dõi định kỳ'), ('delegation', 'Ủy quyền khi vắng mặt')], max_length=12, verbose_name='loại')),
                ('in_portal', models.BooleanField(default=True, verbose_name='hiện trong cổng')),
                ('mail', models.CharField(choices=[('at_once', 'Gửi ngay'), ('daily', 'Gộp mỗi ngày một thư'), ('never', 'Không gửi')], default='daily', max_length=8, verbose_name='gửi thư')),
            ],
            options={
                'verbose_name': 'cách nhận thông báo',
                'verbose_name_plural': 'cách nhận thông báo',
                'ordering': ['user', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='NoticePreferenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('sent', 'Đề án gửi đến chờ thẩm định'), ('decided', 'Kết quả xử lý đề án đã gửi'), ('assigned', 'Được giao thụ lý'), ('due_soon', 'Sắp đến hạn'), ('overdue', 'Quá hạn'), ('periodic', 'Báo cáo, quyết toán, theo dõi định kỳ'), ('delegation', 'Ủy quyền khi vắng mặt')], max_length=12, verbose_name='loại')),
                ('in_portal', models.BooleanField(default=True, verbose_name='hiện trong cổng')),
                ('mail', models.CharField(choices=[('at_once', 'Gửi ngay'), ('daily', 'Gộp mỗi ngày một thư'), ('never', 'Không gửi')], default='daily', max_length=8, verbose_name='gửi thư')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='từ ngày')),
                ('last_day', models.DateField(verbose_name='đến hết ngày')),
                ('document', khuyencong.fields.CleanCharField(help_text='Giấy nghỉ phép, quyết định cử đi công tác…', max_length=150, verbose_name='căn cứ')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='lập lúc')),
                ('ended_on', models.DateField(blank=True, editable=False, null=True, verbose_name='kết thúc sớm từ ngày')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lập')),
                ('ended_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người kết thúc')),
                ('from_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to=settings.AUTH_USER_MODEL, verbose_name='người vắng mặt')),
                ('to_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_received', to=settings.AUTH_USER_MODEL, verbose_name='người xử lý thay')),
            ],
            options={
                'verbose_name': 'ủy quyền khi vắng mặt',
                'verbose_name_plural': 'ủy quyền khi vắng mặt',
                'ordering': ['-first_day', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DelegationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('first_day', models.DateField(verbose_name='từ ngày')),
                ('last_day', models.DateField(verbose_name='đến hết ngày')),
                ('document', khuyencong.fields.CleanCharField(help_text='Giấy nghỉ phép, quyết định cử đi công tác…', max_length=150, verbose_name='căn cứ')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='lập lúc')),
                ('ended_on', models.DateField(blank=True, editable=False, null=True, verbose_name='kết thúc sớm từ ngày')),
                ('created_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lập')),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người kết thúc')),
                ('from_person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người vắng mặt')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='khuyencong.delegation')),
                ('to_person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xử lý thay')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(error_messages={'unique': 'Ngày này đã có trong lịch.'}, unique=True, verbose_name='ngày')),
                ('name', khuyencong.fields.CleanCharField(max_length=100, verbose_name='tên')),
                ('is_working', models.BooleanField(default=False, help_text='Thứ Bảy, Chủ nhật làm bù. Không đánh dấu: ngày nghỉ.', verbose_name='ngày làm việc')),
                ('document', khuyencong.fields.CleanCharField(max_length=150, verbose_name='văn bản')),
                ('is_verified', models.BooleanField(default=False, help_text='Đã đối chiếu với văn bản. Chưa đánh dấu: cần kiểm tra.', verbose_name='đã kiểm chứng')),
            ],
            options={
                'verbose_name': 'ngày nghỉ, ngày làm bù',
                'verbose_name_plural': 'ngày nghỉ, ngày làm bù',
                'ordering': ['-day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='holiday_name_given', violation_error_code='holiday_name_given', violation_error_message='Nhập tên ngày nghỉ.'), models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='holiday_document_given', violation_error_code='holiday_document_given', violation_error_message='Nhập văn bản quy định.'), models.CheckConstraint(condition=models.Q(('is_working', False), ('day__iso_week_day__gte', 6), _connector='OR'), name='holiday_worked_at_weekend', violation_error_code='holiday_worked_at_weekend', violation_error_message='Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holiday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "khuyencong_holidayevent" ("day", "document", "id", "is_verified", "is_working", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."day", NEW."document", NEW."id", NEW."is_verified", NEW."is_working", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='537aee41280dfb502c342c914caac430d5a1acd3', operation='INSERT', pgid='pgtrigger_insert_insert_bd35d', table='khuyencong_holiday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holiday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "khuyencong_holidayevent" ("day", "document", "id", "is_verified", "is_working", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."day", NEW."document", NEW."id", NEW."is_verified", NEW."is_working", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='7a37643ec27b6d55272f0ef608fbad0125fc46a5', operation='UPDATE', pgid='pgtrigger_update_update_dec5b', table='khuyencong_holiday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holiday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "khuyencong_holidayevent" ("day", "document", "id", "is_verified", "is_working", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."day", OLD."document", OLD."id", OLD."is_verified", OLD."is_working", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='09af84bac227a2613030afa12872ab06668097ba', operation='DELETE', pgid='pgtrigger_delete_delete_792a6', table='khuyencong_holiday', when='AFTER')),
        ),
        migrations.AddField(
            model_name='holidayevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='holidayevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='khuyencong.holiday'),
        ),
        migrations.AddField(
            model_name='notice',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='người nhận'),
        ),
        migrations.AddField(
            model_name='noticepreference',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preferences', to=settings.AUTH_USER_MODEL, verbose_name='người nhận'),
        ),
        migrations.AddField(
            model_name='noticepreferenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='noticepreferenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='khuyencong.noticepreference'),
        ),
        migrations.AddField(
            model_name='noticepreferenceevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người nhận'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='delegation_document_given', violation_error_code='delegation_document_given', violation_error_message='Nhập căn cứ, ví dụ số giấy nghỉ phép.'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('first_day__isnull', True), ('last_day__isnull', True), ('last_day__gte', models.F('first_day')), _connector='OR'), name='delegation_first_day_before_last_day', violation_error_code='delegation_first_day_before_last_day', violation_error_message='Ngày cuối không được trước ngày đầu.'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ended_on__isnull', True)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False)), _connector='OR'), name='delegation_ended_on_with_ended_by', violation_error_code='delegation_ended_on_with_ended_by', violation_error_message='Kết thúc sớm phải ghi ngày và người.'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('from_person', models.F('to_person')), _negated=True), name='delegation_not_to_oneself', violation_error_code='delegation_not_to_oneself', violation_error_message='Không ủy quyền cho chính mình.'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('from_person', '='), (models.Func(models.F('first_day'), django.db.models.functions.comparison.Greatest('first_day', django.db.models.functions.comparison.Least('ended_on', models.Func(models.F('last_day'), output_field=models.DateField(), template='(%(expressions)s + 1)'))), models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='delegation_days_apart', violation_error_code='delegation_days_apart', violation_error_message='Người này đã có ủy quyền trong những ngày đó.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='delegation_only_ends', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.ended_on IS NOT NULL OR NEW.from_person_id IS DISTINCT FROM OLD.from_person_id OR NEW.to_person_id IS DISTINCT FROM OLD.to_person_id OR NEW.first_day IS DISTINCT FROM OLD.first_day OR NEW.last_day IS DISTINCT FROM OLD.last_day OR NEW.document IS DISTINCT FROM OLD.document OR NEW.created_by_id IS DISTINCT FROM OLD.created_by_id\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_only_ends', MESSAGE = 'Ủy quyền đã lập chỉ được kết thúc sớm, không sửa. Hãy kết thúc rồi lập ủy quyền mới.'; END IF;\nRETURN NEW;", hash='e4ffafd9eb32b128f82613cd808d7c1995d835d3', operation='UPDATE', pgid='pgtrigger_delegation_only_ends_be323', table='khuyencong_delegation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='delegation_between_colleagues', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE giver RECORD; taker RECORD;', func="\n    SELECT * INTO giver FROM khuyencong_user WHERE id = NEW.from_person_id;\n    SELECT * INTO taker FROM khuyencong_user WHERE id = NEW.to_person_id;\n    IF giver.role <> taker.role THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_same_role', MESSAGE = format('%s là %s, không cùng vai trò với %s nên không nhận ủy quyền được.', taker.full_name, CASE taker.role WHEN 'staff' THEN 'Chuyên viên' WHEN 'reviewer' THEN 'Thẩm định' WHEN 'leader' THEN 'Lãnh đạo' WHEN 'auditor' THEN 'Thanh tra' WHEN 'administrator' THEN 'Quản trị hệ thống' END, giver.full_name); END IF;\n    IF NOT taker.is_active THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_to_active', MESSAGE = format('Tài khoản của %s đã khóa nên không nhận ủy quyền được.', taker.full_name); END IF;\n    IF (giver.province_id IS NULL) <> (taker.province_id IS NULL) OR NOT coalesce((giver.province_id = taker.province_id OR EXISTS (\n        WITH RECURSIVE older(id) AS (\n            SELECT giver.province_id UNION SELECT predecessor_id FROM khuyencong_provincelineage JOIN older ON successor_id = older.id\n        ), newer(id) AS (\n            SELECT giver.province_id UNION SELECT successor_id FROM khuyencong_provincelineage JOIN newer ON predecessor_id = newer.id\n        )\n        SELECT 1 FROM (SELECT id FROM older UNION SELECT id FROM newer) kin WHERE kin.id = taker.province_id)), TRUE)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_same_place', MESSAGE = format('%s không cùng địa bàn với %s nên không nhận ủy quyền được.', taker.full_name, giver.full_name); END IF;\n    PERFORM pg_advisory_xact_lock(hashtext('khuyencong_delegation'));\n    IF EXISTS (SELECT 1 FROM khuyencong_delegation other WHERE other.from_person_id = NEW.to_person_id AND daterange(other.first_day, greatest(other.first_day, least(other.ended_on, other.last_day + 1)), '[)') && daterange(NEW.first_day, greatest(NEW.first_day, least(NEW.ended_on, NEW.last_day + 1)), '[)'))\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_no_chain', MESSAGE = format('%s cũng vắng mặt và đã ủy quyền cho người khác trong những ngày này.', taker.full_name); END IF;\n    IF EXISTS (SELECT 1 FROM khuyencong_delegation other WHERE other.to_person_id = NEW.from_person_id AND daterange(other.first_day, greatest(other.first_day, least(other.ended_on, other.last_day + 1)), '[)') && daterange(NEW.first_day, greatest(NEW.first_day, least(NEW.ended_on, NEW.last_day + 1)), '[)'))\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_no_chain_back', MESSAGE = format('%s đang nhận ủy quyền của người khác trong những ngày này nên chưa ủy quyền tiếp được.', giver.full_name); END IF;\n    \nRETURN NEW;", hash='fd64cb7cd15dbb08e715e42b0925461c559c3048', operation='INSERT', pgid='pgtrigger_delegation_between_colleagues_f3fcb', table='khuyencong_delegation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "khuyencong_delegationevent" ("created_at", "created_by_id", "document", "ended_by_id", "ended_on", "first_day", "from_person_id", "id", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_person_id") VALUES (NEW."created_at", NEW."created_by_id", NEW."document", NEW."ended_by_id", NEW."ended_on", NEW."first_day", NEW."from_person_id", NEW."id", NEW."last_day", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."to_person_id"); RETURN NULL;', hash='95052cea3122f74b90e980cebc2f552561c2ec72', operation='INSERT', pgid='pgtrigger_insert_insert_a6d69', table='khuyencong_delegation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "khuyencong_delegationevent" ("created_at", "created_by_id", "document", "ended_by_id", "ended_on", "first_day", "from_person_id", "id", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_person_id") VALUES (NEW."created_at", NEW."created_by_id", NEW."document", NEW."ended_by_id", NEW."ended_on", NEW."first_day", NEW."from_person_id", NEW."id", NEW."last_day", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."to_person_id"); RETURN NULL;', hash='c61ad4fd403c98c3f072a69b50eca42c2832cb95', operation='UPDATE', pgid='pgtrigger_update_update_29dfb', table='khuyencong_delegation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "khuyencong_delegationevent" ("created_at", "created_by_id", "document", "ended_by_id", "ended_on", "first_day", "from_person_id", "id", "last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_person_id") VALUES (OLD."created_at", OLD."created_by_id", OLD."document", OLD."ended_by_id", OLD."ended_on", OLD."first_day", OLD."from_person_id", OLD."id", OLD."last_day", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."to_person_id"); RETURN NULL;', hash='5a2071e94a23e0af5e4c9e093a1493bfc0b42b11', operation='DELETE', pgid='pgtrigger_delete_delete_58f5b', table='khuyencong_delegation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d92b8166a2c7317959be3f73137adcdf657ee7fa', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2bb2b', table='khuyencong_delegationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holidayevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5da4e66723931a7b16f83104fde0e3d83fe710ed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8cb5d', table='khuyencong_holidayevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['user', '-created_at', '-id'], name='notice_list'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('in_portal', True), ('read_at__isnull', True)), fields=['user'], name='notice_unread'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('mailed_at__isnull', True)), fields=['mail'], name='notice_to_mail'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('user', 'key'), name='notice_once', violation_error_code='notice_once', violation_error_message='Người này đã được báo việc này.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='notice_title_given', violation_error_code='notice_title_given', violation_error_message='Thông báo phải có nội dung.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('url__startswith', '/'), models.Q(('url__startswith', '//'), _negated=True)), name='notice_url_within', violation_error_code='notice_url_within', violation_error_message='Thông báo chỉ dẫn đến trang của cổng.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('read_at__isnull', True), ('read_at__gte', models.F('created_at')), _connector='OR'), name='notice_read_after_told', violation_error_code='notice_read_after_told', violation_error_message='Thông báo không thể được đọc trước khi có.'),
        ),
        migrations.AddConstraint(
            model_name='noticepreference',
            constraint=models.UniqueConstraint(fields=('user', 'kind'), name='notice_preference_once', violation_error_code='notice_preference_once', violation_error_message='Mỗi người chỉ chọn một cách nhận cho một loại thông báo.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticepreference',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "khuyencong_noticepreferenceevent" ("id", "in_portal", "kind", "mail", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."in_portal", NEW."kind", NEW."mail", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='a7206505e5a42c0b4b2bc99db322f4bc73f0f57c', operation='INSERT', pgid='pgtrigger_insert_insert_de5c9', table='khuyencong_noticepreference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticepreference',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "khuyencong_noticepreferenceevent" ("id", "in_portal", "kind", "mail", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."in_portal", NEW."kind", NEW."mail", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='f582593ded9d221e15c2f5f7a5eefdb87665c880', operation='UPDATE', pgid='pgtrigger_update_update_06525', table='khuyencong_noticepreference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticepreference',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "khuyencong_noticepreferenceevent" ("id", "in_portal", "kind", "mail", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."in_portal", OLD."kind", OLD."mail", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='265ef6d1c34bd47d2114e7b32402cb88a00244ff', operation='DELETE', pgid='pgtrigger_delete_delete_1d468', table='khuyencong_noticepreference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticepreferenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ed5aad8b1067dadef302d9f38e3ef843df2dd574', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_09f70', table='khuyencong_noticepreferenceevent', when='BEFORE')),
        ),
    ]
