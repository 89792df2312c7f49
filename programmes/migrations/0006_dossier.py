import django.db.models.deletion
import django.utils.timezone
import khuyencong.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('khuyencong', '0003_calendar'),
        ('programmes', '0005_life_columns'),
    ]

    operations = [
        migrations.CreateModel(
            name='DossierItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, editable=False, max_length=60, null=True, unique=True, verbose_name='mã trong danh mục gốc')),
                ('name', khuyencong.fields.CleanCharField(max_length=250, verbose_name='tên giấy tờ')),
                ('step', models.CharField(choices=[('submit', 'Gửi thẩm định'), ('appraise', 'Thẩm định cấp cơ sở'), ('register', 'Đăng ký với Cục'), ('ministry', 'Cục thẩm định'), ('approve', 'Phê duyệt'), ('contract', 'Ký hợp đồng'), ('detail', 'Duyệt kế hoạch chi tiết'), ('start', 'Bắt đầu thực hiện'), ('advance', 'Tạm ứng lần đầu'), ('accept', 'Nghiệm thu'), ('remainder', 'Tạm ứng phần còn lại'), ('liquidate', 'Thanh lý hợp đồng'), ('settle', 'Quyết toán'), ('close', 'Kết thúc')], max_length=10, verbose_name='cần cho bước')),
                ('level', models.CharField(blank=True, choices=[('national', 'Quốc gia'), ('local', 'Địa phương')], help_text='Để trống: cả hai cấp.', max_length=10, verbose_name='cấp')),
                ('kind', models.CharField(blank=True, choices=[('scheme', 'Đề án'), ('task', 'Nhiệm vụ')], help_text='Để trống: đề án và nhiệm vụ.', max_length=10, verbose_name='loại')),
                ('only_with_beneficiaries', models.BooleanField(default=False, verbose_name='chỉ khi có đơn vị thụ hưởng')),
                ('copies', models.PositiveSmallIntegerField(default=1, verbose_name='số bộ')),
                ('document', khuyencong.fields.CleanCharField(max_length=150, verbose_name='văn bản')),
                ('clause', khuyencong.fields.CleanCharField(blank=True, max_length=100, verbose_name='điều khoản')),
                ('is_required', models.BooleanField(default=True, help_text='Thiếu giấy tờ bắt buộc thì chưa chuyển bước được.', verbose_name='bắt buộc')),
                ('is_verified', models.BooleanField(default=False, help_text='Đã đối chiếu với văn bản gốc. Chưa đánh dấu: cần kiểm tra.', verbose_name='đã kiểm chứng')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, help_text='Để trống nếu còn hiệu lực.', null=True, verbose_name='đến ngày')),
                ('note', khuyencong.fields.CleanTextField(blank=True, verbose_name='ghi chú')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
            ],
            options={
                'verbose_name': 'thành phần hồ sơ',
                'verbose_name_plural': 'thành phần hồ sơ',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DossierItemEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(blank=True, db_index=False, editable=False, max_length=60, null=True, verbose_name='mã trong danh mục gốc')),
                ('name', khuyencong.fields.CleanCharField(max_length=250, verbose_name='tên giấy tờ')),
                ('step', models.CharField(choices=[('submit', 'Gửi thẩm định'), ('appraise', 'Thẩm định cấp cơ sở'), ('register', 'Đăng ký với Cục'), ('ministry', 'Cục thẩm định'), ('approve', 'Phê duyệt'), ('contract', 'Ký hợp đồng'), ('detail', 'Duyệt kế hoạch chi tiết'), ('start', 'Bắt đầu thực hiện'), ('advance', 'Tạm ứng lần đầu'), ('accept', 'Nghiệm thu'), ('remainder', 'Tạm ứng phần còn lại'), ('liquidate', 'Thanh lý hợp đồng'), ('settle', 'Quyết toán'), ('close', 'Kết thúc')], max_length=10, verbose_name='cần cho bước')),
                ('level', models.CharField(blank=True, choices=[('national', 'Quốc gia'), ('local', 'Địa phương')], help_text='Để trống: cả hai cấp.', max_length=10, verbose_name='cấp')),
                ('kind', models.CharField(blank=True, choices=[('scheme', 'Đề án'), ('task', 'Nhiệm vụ')], help_text='Để trống: đề án và nhiệm vụ.', max_length=10, verbose_name='loại')),
                ('only_with_beneficiaries', models.BooleanField(default=False, verbose_name='chỉ khi có đơn vị thụ hưởng')),
                ('copies', models.PositiveSmallIntegerField(default=1, verbose_name='số bộ')),
                ('document', khuyencong.fields.CleanCharField(max_length=150, verbose_name='văn bản')),
                ('clause', khuyencong.fields.CleanCharField(blank=True, max_length=100, verbose_name='điều khoản')),
                ('is_required', models.BooleanField(default=True, help_text='Thiếu giấy tờ bắt buộc thì chưa chuyển bước được.', verbose_name='bắt buộc')),
                ('is_verified', models.BooleanField(default=False, help_text='Đã đối chiếu với văn bản gốc. Chưa đánh dấu: cần kiểm tra.', verbose_name='đã kiểm chứng')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, help_text='Để trống nếu còn hiệu lực.', null=True, verbose_name='đến ngày')),
                ('note', khuyencong.fields.CleanTextField(blank=True, verbose_name='ghi chú')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, editable=False, max_length=60, null=True, unique=True, verbose_name='mã mẫu gốc')),
                ('kind', models.CharField(choices=[('submission', 'Tờ trình'), ('appraisal', 'Phiếu thẩm định'), ('decision', 'Quyết định phê duyệt'), ('contract', 'Hợp đồng thực hiện'), ('acceptance', 'Biên bản nghiệm thu'), ('liquidation', 'Biên bản thanh lý hợp đồng'), ('reconciliation', 'Bảng đối chiếu kinh phí')], max_length=15, verbose_name='loại văn bản')),
                ('name', khuyencong.fields.CleanCharField(max_length=150, verbose_name='tên mẫu')),
                ('level', models.CharField(blank=True, choices=[('national', 'Quốc gia'), ('local', 'Địa phương')], help_text='Để trống: cả hai cấp.', max_length=10, verbose_name='cấp')),
                ('content', models.BinaryField(verbose_name='tệp Word')),
                ('file_name', models.CharField(editable=False, max_length=200, verbose_name='tên tệp')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, help_text='Để trống nếu còn dùng.', null=True, verbose_name='đến ngày')),
                ('is_active', models.BooleanField(default=True, verbose_name='đang dùng')),
                ('note', khuyencong.fields.CleanTextField(blank=True, verbose_name='ghi chú')),
            ],
            options={
                'verbose_name': 'mẫu văn bản',
                'verbose_name_plural': 'mẫu văn bản',
                'ordering': ['kind', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperTemplateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(blank=True, db_index=False, editable=False, max_length=60, null=True, verbose_name='mã mẫu gốc')),
                ('kind', models.CharField(choices=[('submission', 'Tờ trình'), ('appraisal', 'Phiếu thẩm định'), ('decision', 'Quyết định phê duyệt'), ('contract', 'Hợp đồng thực hiện'), ('acceptance', 'Biên bản nghiệm thu'), ('liquidation', 'Biên bản thanh lý hợp đồng'), ('reconciliation', 'Bảng đối chiếu kinh phí')], max_length=15, verbose_name='loại văn bản')),
                ('name', khuyencong.fields.CleanCharField(max_length=150, verbose_name='tên mẫu')),
                ('level', models.CharField(blank=True, choices=[('national', 'Quốc gia'), ('local', 'Địa phương')], help_text='Để trống: cả hai cấp.', max_length=10, verbose_name='cấp')),
                ('file_name', models.CharField(editable=False, max_length=200, verbose_name='tên tệp')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, help_text='Để trống nếu còn dùng.', null=True, verbose_name='đến ngày')),
                ('is_active', models.BooleanField(default=True, verbose_name='đang dùng')),
                ('note', khuyencong.fields.CleanTextField(blank=True, verbose_name='ghi chú')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SchemeDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', khuyencong.fields.CleanCharField(max_length=250, verbose_name='tên giấy tờ')),
                ('is_paper', models.BooleanField(default=False, verbose_name='bản giấy')),
                ('received_on', models.DateField(verbose_name='ngày nhận')),
                ('stored_name', models.CharField(blank=True, editable=False, max_length=40, verbose_name='tên tệp lưu')),
                ('original_name', models.CharField(blank=True, editable=False, max_length=200, verbose_name='tên tệp')),
                ('size', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='dung lượng')),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='mã kiểm tra SHA-256')),
                ('content_type', models.CharField(blank=True, editable=False, max_length=100, verbose_name='định dạng')),
                ('note', khuyencong.fields.CleanCharField(blank=True, max_length=250, verbose_name='ghi chú')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ghi lúc')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='rút lúc')),
                ('withdrawn_reason', khuyencong.fields.CleanCharField(blank=True, editable=False, max_length=300, verbose_name='lý do rút')),
            ],
            options={
                'verbose_name': 'giấy tờ trong hồ sơ',
                'verbose_name_plural': 'giấy tờ trong hồ sơ',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SchemeDocumentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', khuyencong.fields.CleanCharField(max_length=250, verbose_name='tên giấy tờ')),
                ('is_paper', models.BooleanField(default=False, verbose_name='bản giấy')),
                ('received_on', models.DateField(verbose_name='ngày nhận')),
                ('stored_name', models.CharField(blank=True, editable=False, max_length=40, verbose_name='tên tệp lưu')),
                ('original_name', models.CharField(blank=True, editable=False, max_length=200, verbose_name='tên tệp')),
                ('size', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='dung lượng')),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='mã kiểm tra SHA-256')),
                ('content_type', models.CharField(blank=True, editable=False, max_length=100, verbose_name='định dạng')),
                ('note', khuyencong.fields.CleanCharField(blank=True, max_length=250, verbose_name='ghi chú')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ghi lúc')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='rút lúc')),
                ('withdrawn_reason', khuyencong.fields.CleanCharField(blank=True, editable=False, max_length=300, verbose_name='lý do rút')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scheme',
            trigger=pgtrigger.compiler.Trigger(name='scheme_dossier_complete', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE lacking TEXT;', func="\n    IF NEW.status IS NOT DISTINCT FROM OLD.status THEN RETURN NEW; END IF;\n    SELECT string_agg(item.name, '; ' ORDER BY item.position, item.id) INTO lacking FROM programmes_dossieritem item\n        WHERE item.is_required AND CASE item.step WHEN 'submit' THEN 'submitted' WHEN 'appraise' THEN 'appraised' WHEN 'register' THEN 'registered' WHEN 'ministry' THEN 'ministry' WHEN 'approve' THEN 'approved' WHEN 'contract' THEN 'contracted' WHEN 'detail' THEN 'detailed' WHEN 'start' THEN 'in_progress' WHEN 'accept' THEN 'accepted' WHEN 'liquidate' THEN 'liquidated' WHEN 'settle' THEN 'settled' WHEN 'close' THEN 'closed' END = NEW.status AND (item.valid_from <= (NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AND (item.valid_to IS NULL OR item.valid_to >= (NEW.status_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))\n            AND (item.level IN ('', NEW.level) AND item.kind IN ('', NEW.kind)\n        AND (item.province_id IS NULL OR item.province_id = NEW.province_id)\n        AND (item.content_id IS NULL OR item.content_id IN (\n            SELECT unnest(ARRAY[content.id, content.group_id]) FROM programmes_activitycontent content\n                WHERE content.id = NEW.content_id\n                    OR content.id IN (SELECT content_id FROM programmes_schemecontent WHERE scheme_id = NEW.id)))\n        AND (NOT item.only_with_beneficiaries\n            OR EXISTS (SELECT 1 FROM programmes_schemebeneficiary WHERE scheme_id = NEW.id))) AND NOT EXISTS (SELECT 1 FROM programmes_schemedocument WHERE scheme_id = NEW.id AND item_id = item.id AND withdrawn_at IS NULL);\n    IF lacking IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'scheme_dossier_complete', MESSAGE = format('Hồ sơ còn thiếu: %s. Bổ sung ở mục Hồ sơ rồi thực hiện lại.', lacking); END IF;\n    \nRETURN NEW;", hash='f32492c51cb6e02bfdd1ed59b21f548d2e1df98a', operation='UPDATE', pgid='pgtrigger_scheme_dossier_complete_82ac1', table='programmes_scheme', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='dossieritem',
            name='content',
            field=models.ForeignKey(blank=True, help_text='Một nội dung hoặc cả nhóm nội dung. Để trống: mọi nội dung.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dossier_items', to='programmes.activitycontent', verbose_name='nội dung hoạt động'),
        ),
        migrations.AddField(
            model_name='dossieritem',
            name='province',
            field=models.ForeignKey(blank=True, help_text='Để trống: cả nước.', null=True, on_delete=django.db.models.deletion.PROTECT, to='khuyencong.province', verbose_name='tỉnh, thành phố'),
        ),
        migrations.AddField(
            model_name='dossieritemevent',
            name='content',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Một nội dung hoặc cả nhóm nội dung. Để trống: mọi nội dung.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.activitycontent', verbose_name='nội dung hoạt động'),
        ),
        migrations.AddField(
            model_name='dossieritemevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='dossieritemevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.dossieritem'),
        ),
        migrations.AddField(
            model_name='dossieritemevent',
            name='province',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Để trống: cả nước.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='khuyencong.province', verbose_name='tỉnh, thành phố'),
        ),
        migrations.AddField(
            model_name='papertemplate',
            name='province',
            field=models.ForeignKey(blank=True, help_text='Để trống: cả nước.', null=True, on_delete=django.db.models.deletion.PROTECT, to='khuyencong.province', verbose_name='tỉnh, thành phố'),
        ),
        migrations.AddField(
            model_name='papertemplate',
            name='uploaded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tải lên'),
        ),
        migrations.AddField(
            model_name='papertemplateevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='papertemplateevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.papertemplate'),
        ),
        migrations.AddField(
            model_name='papertemplateevent',
            name='province',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Để trống: cả nước.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='khuyencong.province', verbose_name='tỉnh, thành phố'),
        ),
        migrations.AddField(
            model_name='papertemplateevent',
            name='uploaded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tải lên'),
        ),
        migrations.AddField(
            model_name='schemedocument',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='programmes.dossieritem', verbose_name='thành phần hồ sơ'),
        ),
        migrations.AddField(
            model_name='schemedocument',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='programmes.scheme', verbose_name='đề án'),
        ),
        migrations.AddField(
            model_name='schemedocument',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi'),
        ),
        migrations.AddField(
            model_name='schemedocument',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người rút'),
        ),
        migrations.AddField(
            model_name='schemedocumentevent',
            name='item',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.dossieritem', verbose_name='thành phần hồ sơ'),
        ),
        migrations.AddField(
            model_name='schemedocumentevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='schemedocumentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.schemedocument'),
        ),
        migrations.AddField(
            model_name='schemedocumentevent',
            name='scheme',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.scheme', verbose_name='đề án'),
        ),
        migrations.AddField(
            model_name='schemedocumentevent',
            name='uploaded_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi'),
        ),
        migrations.AddField(
            model_name='schemedocumentevent',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người rút'),
        ),
        migrations.AddConstraint(
            model_name='dossieritem',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='dossier_item_name_given', violation_error_code='dossier_item_name_given', violation_error_message='Nhập tên giấy tờ.'),
        ),
        migrations.AddConstraint(
            model_name='dossieritem',
            constraint=models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='dossier_item_document_given', violation_error_code='dossier_item_document_given', violation_error_message='Nhập văn bản quy định.'),
        ),
        migrations.AddConstraint(
            model_name='dossieritem',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='dossier_item_valid_from_before_valid_to', violation_error_code='dossier_item_valid_from_before_valid_to', violation_error_message='Ngày cuối không được trước ngày đầu.'),
        ),
        migrations.AddConstraint(
            model_name='dossieritem',
            constraint=models.CheckConstraint(condition=models.Q(('copies__gte', 1), ('copies__lte', 20)), name='dossier_item_copies_given', violation_error_code='dossier_item_copies_given', violation_error_message='Số bộ phải từ 1 đến 20.'),
        ),
        migrations.AddConstraint(
            model_name='dossieritem',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['submit', 'appraise', 'register', 'ministry', 'approve', 'contract', 'detail', 'start', 'advance', 'accept', 'remainder', 'liquidate', 'settle', 'close'])), name='dossier_item_step_known', violation_error_code='dossier_item_step_known', violation_error_message='Bước này không có trong quy trình.'),
        ),
        migrations.AddConstraint(
            model_name='dossieritem',
            constraint=models.UniqueConstraint(fields=('step', 'name', 'content', 'level', 'kind', 'province', 'document', 'valid_from'), name='dossier_item_once', nulls_distinct=False, violation_error_code='dossier_item_once', violation_error_message='Thành phần hồ sơ này của văn bản đã có.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dossieritem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_dossieritemevent" ("clause", "code", "content_id", "copies", "document", "id", "is_required", "is_verified", "kind", "level", "name", "note", "only_with_beneficiaries", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "province_id", "step", "valid_from", "valid_to") VALUES (NEW."clause", NEW."code", NEW."content_id", NEW."copies", NEW."document", NEW."id", NEW."is_required", NEW."is_verified", NEW."kind", NEW."level", NEW."name", NEW."note", NEW."only_with_beneficiaries", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."province_id", NEW."step", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='04144330b1aed64093d3e5d528684e77a0924081', operation='INSERT', pgid='pgtrigger_insert_insert_c3a85', table='programmes_dossieritem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dossieritem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_dossieritemevent" ("clause", "code", "content_id", "copies", "document", "id", "is_required", "is_verified", "kind", "level", "name", "note", "only_with_beneficiaries", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "province_id", "step", "valid_from", "valid_to") VALUES (NEW."clause", NEW."code", NEW."content_id", NEW."copies", NEW."document", NEW."id", NEW."is_required", NEW."is_verified", NEW."kind", NEW."level", NEW."name", NEW."note", NEW."only_with_beneficiaries", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."province_id", NEW."step", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='40822ee4414cafe45a1a73e69ffcd5e4f2187451', operation='UPDATE', pgid='pgtrigger_update_update_a6355', table='programmes_dossieritem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dossieritem',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_dossieritemevent" ("clause", "code", "content_id", "copies", "document", "id", "is_required", "is_verified", "kind", "level", "name", "note", "only_with_beneficiaries", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "province_id", "step", "valid_from", "valid_to") VALUES (OLD."clause", OLD."code", OLD."content_id", OLD."copies", OLD."document", OLD."id", OLD."is_required", OLD."is_verified", OLD."kind", OLD."level", OLD."name", OLD."note", OLD."only_with_beneficiaries", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."province_id", OLD."step", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='39440004eca34f9c516e1771254de61ef0e5a008', operation='DELETE', pgid='pgtrigger_delete_delete_76743', table='programmes_dossieritem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dossieritemevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='50fa2e0829c7fbe8b6b6fdbd7fe94d08ed4f3bd3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0f3c9', table='programmes_dossieritemevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='papertemplate',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='paper_template_name_given', violation_error_code='paper_template_name_given', violation_error_message='Nhập tên mẫu.'),
        ),
        migrations.AddConstraint(
            model_name='papertemplate',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='paper_template_valid_from_before_valid_to', violation_error_code='paper_template_valid_from_before_valid_to', violation_error_message='Ngày cuối không được trước ngày đầu.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplate',
            trigger=pgtrigger.compiler.Trigger(name='paper_template_is_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.content IS DISTINCT FROM OLD.content THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_template_is_fixed', MESSAGE = 'Tệp của một mẫu không thay được. Hãy thêm mẫu mới rồi ngừng dùng mẫu này.'; END IF;\nRETURN NEW;", hash='29c908df2cc1973c0c6c5a63fda27ca211b1b618', operation='UPDATE', pgid='pgtrigger_paper_template_is_fixed_02fdd', table='programmes_papertemplate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_papertemplateevent" ("code", "file_name", "id", "is_active", "kind", "level", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "uploaded_by_id", "valid_from", "valid_to") VALUES (NEW."code", NEW."file_name", NEW."id", NEW."is_active", NEW."kind", NEW."level", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."province_id", NEW."uploaded_by_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='7c709ad128dd054ced2bd95a207fe012351b9a40', operation='INSERT', pgid='pgtrigger_insert_insert_d5edb', table='programmes_papertemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."file_name" IS DISTINCT FROM (NEW."file_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."province_id" IS DISTINCT FROM (NEW."province_id") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))', func='INSERT INTO "programmes_papertemplateevent" ("code", "file_name", "id", "is_active", "kind", "level", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "uploaded_by_id", "valid_from", "valid_to") VALUES (NEW."code", NEW."file_name", NEW."id", NEW."is_active", NEW."kind", NEW."level", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."province_id", NEW."uploaded_by_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='d3c07209c33dc2af0a228d442611f2b252a6e490', operation='UPDATE', pgid='pgtrigger_update_update_6ee0a', table='programmes_papertemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_papertemplateevent" ("code", "file_name", "id", "is_active", "kind", "level", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "uploaded_by_id", "valid_from", "valid_to") VALUES (OLD."code", OLD."file_name", OLD."id", OLD."is_active", OLD."kind", OLD."level", OLD."name", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."province_id", OLD."uploaded_by_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='4d4219ef5e4dab5712d96f4cf06cae9d621a28a6', operation='DELETE', pgid='pgtrigger_delete_delete_247cd', table='programmes_papertemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='papertemplateevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='96b0eca09f582bceefedfc6e0696b516a8b24f6a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4ef35', table='programmes_papertemplateevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='schemedocument',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='document_title_given', violation_error_code='document_title_given', violation_error_message='Nhập tên giấy tờ.'),
        ),
        migrations.AddConstraint(
            model_name='schemedocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content_type', ''), ('is_paper', True), ('sha256', ''), ('size__isnull', True), ('stored_name', '')), models.Q(('is_paper', False), ('sha256__regex', '^[0-9a-f]{64}$'), ('size__gt', 0), ('stored_name__regex', '^[0-9a-f]{32}$'), models.Q(('original_name', ''), _negated=True), models.Q(('content_type', ''), _negated=True)), _connector='OR'), name='document_file_or_paper', violation_error_code='document_file_or_paper', violation_error_message='Giấy tờ phải có tệp, hoặc ghi là đã nhận bản giấy.'),
        ),
        migrations.AddConstraint(
            model_name='schemedocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='document_withdrawal_whole', violation_error_code='document_withdrawal_whole', violation_error_message='Rút giấy tờ phải ghi người, thời điểm và lý do.'),
        ),
        migrations.AddConstraint(
            model_name='schemedocument',
            constraint=models.UniqueConstraint(condition=models.Q(('stored_name', ''), _negated=True), fields=('stored_name',), name='document_stored_once', violation_error_code='document_stored_once', violation_error_message='Tệp này đã thuộc một giấy tờ khác.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schemedocument',
            trigger=pgtrigger.compiler.Trigger(name='document_belongs', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE scheme RECORD; foreign_name TEXT;', func="\n    SELECT id, status, level, kind, province_id, content_id INTO scheme FROM programmes_scheme WHERE id = NEW.scheme_id FOR NO KEY UPDATE;\n    IF NEW.received_on > (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'document_received_not_in_future', MESSAGE = 'Ngày nhận không được ở tương lai.'; END IF;\n    SELECT item.name INTO foreign_name FROM programmes_dossieritem item WHERE item.id = NEW.item_id AND NOT (item.level IN ('', scheme.level) AND item.kind IN ('', scheme.kind)\n        AND (item.province_id IS NULL OR item.province_id = scheme.province_id)\n        AND (item.content_id IS NULL OR item.content_id IN (\n            SELECT unnest(ARRAY[content.id, content.group_id]) FROM programmes_activitycontent content\n                WHERE content.id = scheme.content_id\n                    OR content.id IN (SELECT content_id FROM programmes_schemecontent WHERE scheme_id = scheme.id)))\n        AND (NOT item.only_with_beneficiaries\n            OR EXISTS (SELECT 1 FROM programmes_schemebeneficiary WHERE scheme_id = scheme.id)));\n    IF FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'document_of_the_scheme', MESSAGE = format('Giấy tờ “%s” không thuộc hồ sơ của đề án này. Hãy chọn mục khác, hoặc để là giấy tờ khác.', foreign_name); END IF;\n    \nRETURN NEW;", hash='66537980b6e9030a1316dc8931e29a737bef85c5', operation='INSERT', pgid='pgtrigger_document_belongs_52d20', table='programmes_schemedocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schemedocument',
            trigger=pgtrigger.compiler.Trigger(name='document_stays', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE scheme RECORD; needed TEXT;', func="\n    IF NEW.scheme_id IS DISTINCT FROM OLD.scheme_id OR NEW.item_id IS DISTINCT FROM OLD.item_id OR NEW.title IS DISTINCT FROM OLD.title OR NEW.is_paper IS DISTINCT FROM OLD.is_paper OR NEW.received_on IS DISTINCT FROM OLD.received_on OR NEW.stored_name IS DISTINCT FROM OLD.stored_name OR NEW.original_name IS DISTINCT FROM OLD.original_name OR NEW.size IS DISTINCT FROM OLD.size OR NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.content_type IS DISTINCT FROM OLD.content_type OR NEW.note IS DISTINCT FROM OLD.note OR NEW.uploaded_by_id IS DISTINCT FROM OLD.uploaded_by_id OR NEW.uploaded_at IS DISTINCT FROM OLD.uploaded_at THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'document_is_fixed', MESSAGE = 'Giấy tờ đã ghi thì không sửa được. Hãy rút lại, ghi lý do, rồi bổ sung bản đúng.';\n    END IF;\n    IF OLD.withdrawn_at IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'document_withdrawn_once', MESSAGE = 'Giấy tờ này đã được rút lại.'; END IF;\n    SELECT id, status, level, kind, province_id, content_id INTO scheme FROM programmes_scheme WHERE id = OLD.scheme_id FOR NO KEY UPDATE;\n    SELECT item.name INTO needed FROM programmes_dossieritem item WHERE item.id = OLD.item_id AND item.is_required\n        AND EXISTS (SELECT 1 FROM programmes_schemeevent passed WHERE passed.pgh_obj_id = scheme.id AND passed.status = CASE item.step WHEN 'submit' THEN 'submitted' WHEN 'appraise' THEN 'appraised' WHEN 'register' THEN 'registered' WHEN 'ministry' THEN 'ministry' WHEN 'approve' THEN 'approved' WHEN 'contract' THEN 'contracted' WHEN 'detail' THEN 'detailed' WHEN 'start' THEN 'in_progress' WHEN 'accept' THEN 'accepted' WHEN 'liquidate' THEN 'liquidated' WHEN 'settle' THEN 'settled' WHEN 'close' THEN 'closed' END)\n        AND NOT EXISTS (SELECT 1 FROM programmes_schemedocument other WHERE other.scheme_id = scheme.id AND other.item_id = item.id\n            AND other.withdrawn_at IS NULL AND other.id <> OLD.id);\n    IF FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'document_still_needed', MESSAGE = format('“%s” thuộc hồ sơ của một bước đã qua. Bổ sung bản thay thế trước, rồi mới rút lại bản này.', needed); END IF;\n    \nRETURN NEW;", hash='abf1d213dfc2448a68e9332f095bf4e914b0737a', operation='UPDATE', pgid='pgtrigger_document_stays_bf296', table='programmes_schemedocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schemedocument',
            trigger=pgtrigger.compiler.Trigger(name='document_goes_with_drafts', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM programmes_schemeevent WHERE pgh_obj_id = OLD.scheme_id AND status <> 'draft')\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'document_goes_with_drafts', MESSAGE = 'Hồ sơ đã gửi thì giấy tờ phải giữ lại. Hãy rút lại và ghi lý do thay vì xóa.'; END IF;\n    \nRETURN OLD;", hash='47828bc65f4bda52201c44fd1797463136952354', operation='DELETE', pgid='pgtrigger_document_goes_with_drafts_1666e', table='programmes_schemedocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schemedocument',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_schemedocumentevent" ("content_type", "id", "is_paper", "item_id", "note", "original_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "scheme_id", "sha256", "size", "stored_name", "title", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."content_type", NEW."id", NEW."is_paper", NEW."item_id", NEW."note", NEW."original_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_on", NEW."scheme_id", NEW."sha256", NEW."size", NEW."stored_name", NEW."title", NEW."uploaded_at", NEW."uploaded_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='aee4bcca505195e3c01a24b5d6885e18b955fddb', operation='INSERT', pgid='pgtrigger_insert_insert_ff2ac', table='programmes_schemedocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schemedocument',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_schemedocumentevent" ("content_type", "id", "is_paper", "item_id", "note", "original_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "scheme_id", "sha256", "size", "stored_name", "title", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."content_type", NEW."id", NEW."is_paper", NEW."item_id", NEW."note", NEW."original_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_on", NEW."scheme_id", NEW."sha256", NEW."size", NEW."stored_name", NEW."title", NEW."uploaded_at", NEW."uploaded_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='705d2c4e5bd2ede5bac004287060db69be7c8160', operation='UPDATE', pgid='pgtrigger_update_update_ea60a', table='programmes_schemedocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schemedocument',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_schemedocumentevent" ("content_type", "id", "is_paper", "item_id", "note", "original_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "scheme_id", "sha256", "size", "stored_name", "title", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (OLD."content_type", OLD."id", OLD."is_paper", OLD."item_id", OLD."note", OLD."original_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."received_on", OLD."scheme_id", OLD."sha256", OLD."size", OLD."stored_name", OLD."title", OLD."uploaded_at", OLD."uploaded_by_id", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason"); RETURN NULL;', hash='8ec4ea3e9b47122b67180313ccadc0cc5a95e790', operation='DELETE', pgid='pgtrigger_delete_delete_797de', table='programmes_schemedocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schemedocumentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6721c14c2892ebd8fe0ad498e1323ccdc49def9b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_453da', table='programmes_schemedocumentevent', when='BEFORE')),
        ),
    ]
