import django.db.models.deletion
import khuyencong.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from khuyencong.migration_batch import Batch
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("khuyencong", "0003_calendar"),
        ("programmes", "0008_monitoring"),
    ]

    operations = [
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("initial", "Giao đầu năm"),
                            ("supplement", "Bổ sung, điều chỉnh tăng"),
                            ("cut", "Cắt giảm, điều chỉnh giảm"),
                            ("carried", "Chuyển từ năm trước sang"),
                            ("transferred", "Chuyển sang năm sau"),
                        ],
                        default="initial",
                        max_length=12,
                        verbose_name="loại quyết định",
                    ),
                ),
                (
                    "amount",
                    khuyencong.fields.AmountField(
                        decimal_places=0,
                        help_text="Đồng; số âm khi cắt giảm hoặc chuyển sang năm sau.",
                        max_digits=18,
                        verbose_name="số tiền",
                    ),
                ),
                ("decision_number", khuyencong.fields.CleanCharField(max_length=60, verbose_name="số quyết định")),
                ("decision_on", models.DateField(verbose_name="ngày quyết định")),
                (
                    "authority",
                    khuyencong.fields.CleanCharField(blank=True, max_length=150, verbose_name="cơ quan ban hành"),
                ),
                ("note", khuyencong.fields.CleanTextField(blank=True, verbose_name="ghi chú")),
                (
                    "is_illustrative",
                    models.BooleanField(default=False, editable=False, verbose_name="số liệu minh họa"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="xác nhận lúc")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="lần lưu")),
            ],
            options={
                "verbose_name": "quyết định dự toán",
                "verbose_name_plural": "quyết định dự toán",
                "ordering": ["decision_on", "pk"],
                "permissions": [("decide_allocation", "Xác nhận quyết định dự toán")],
            },
        ),
        migrations.CreateModel(
            name="AllocationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("initial", "Giao đầu năm"),
                            ("supplement", "Bổ sung, điều chỉnh tăng"),
                            ("cut", "Cắt giảm, điều chỉnh giảm"),
                            ("carried", "Chuyển từ năm trước sang"),
                            ("transferred", "Chuyển sang năm sau"),
                        ],
                        default="initial",
                        max_length=12,
                        verbose_name="loại quyết định",
                    ),
                ),
                (
                    "amount",
                    khuyencong.fields.AmountField(
                        decimal_places=0,
                        help_text="Đồng; số âm khi cắt giảm hoặc chuyển sang năm sau.",
                        max_digits=18,
                        verbose_name="số tiền",
                    ),
                ),
                ("decision_number", khuyencong.fields.CleanCharField(max_length=60, verbose_name="số quyết định")),
                ("decision_on", models.DateField(verbose_name="ngày quyết định")),
                (
                    "authority",
                    khuyencong.fields.CleanCharField(blank=True, max_length=150, verbose_name="cơ quan ban hành"),
                ),
                ("note", khuyencong.fields.CleanTextField(blank=True, verbose_name="ghi chú")),
                (
                    "is_illustrative",
                    models.BooleanField(default=False, editable=False, verbose_name="số liệu minh họa"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="xác nhận lúc")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GroupContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "nội dung của nhóm",
                "verbose_name_plural": "nội dung của nhóm",
            },
        ),
        migrations.CreateModel(
            name="GroupContentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgrammeGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", khuyencong.fields.CleanCharField(max_length=250, verbose_name="tên nhóm")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
            ],
            options={
                "verbose_name": "nhóm nội dung",
                "verbose_name_plural": "nhóm nội dung",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeGroupEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", khuyencong.fields.CleanCharField(max_length=250, verbose_name="tên nhóm")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgrammeTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", khuyencong.fields.CleanCharField(max_length=250, verbose_name="chỉ tiêu")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Để trống: chỉ tiêu của cả giai đoạn.", null=True, verbose_name="năm"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("exact", "Một số"),
                            ("range", "Khoảng từ … đến …"),
                            ("above", "Trên"),
                            ("about", "Khoảng chừng"),
                            ("at_most", "Không quá"),
                        ],
                        default="exact",
                        max_length=8,
                        verbose_name="cách ghi",
                    ),
                ),
                (
                    "low",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="số (số dưới)"
                    ),
                ),
                (
                    "high",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="số trên"),
                ),
                ("unit", khuyencong.fields.CleanCharField(max_length=40, verbose_name="đơn vị tính")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("indicator", "Cộng kết quả thực hiện của đề án"),
                            ("schemes", "Đếm đề án, nhiệm vụ"),
                            ("facilities", "Đếm cơ sở thụ hưởng khác nhau"),
                            ("money", "Kinh phí khuyến công đã cam kết"),
                            ("hand_sum", "Nhập tay, cộng các năm"),
                            ("hand_last", "Nhập tay, lấy số mới nhất"),
                        ],
                        default="indicator",
                        max_length=10,
                        verbose_name="cách tính kết quả",
                    ),
                ),
                (
                    "counts_all",
                    models.BooleanField(
                        default=False,
                        help_text="Cả đề án thuộc chương trình khác, ví dụ khuyến công quốc gia.",
                        verbose_name="tính mọi đề án trên địa bàn",
                    ),
                ),
                (
                    "document",
                    khuyencong.fields.CleanCharField(blank=True, max_length=250, verbose_name="văn bản giao chỉ tiêu"),
                ),
                ("note", khuyencong.fields.CleanTextField(blank=True, verbose_name="ghi chú")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                (
                    "is_illustrative",
                    models.BooleanField(default=False, editable=False, verbose_name="số liệu minh họa"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="lần lưu")),
            ],
            options={
                "verbose_name": "chỉ tiêu chương trình",
                "verbose_name_plural": "chỉ tiêu chương trình",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeTargetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", khuyencong.fields.CleanCharField(max_length=250, verbose_name="chỉ tiêu")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Để trống: chỉ tiêu của cả giai đoạn.", null=True, verbose_name="năm"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("exact", "Một số"),
                            ("range", "Khoảng từ … đến …"),
                            ("above", "Trên"),
                            ("about", "Khoảng chừng"),
                            ("at_most", "Không quá"),
                        ],
                        default="exact",
                        max_length=8,
                        verbose_name="cách ghi",
                    ),
                ),
                (
                    "low",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="số (số dưới)"
                    ),
                ),
                (
                    "high",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="số trên"),
                ),
                ("unit", khuyencong.fields.CleanCharField(max_length=40, verbose_name="đơn vị tính")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("indicator", "Cộng kết quả thực hiện của đề án"),
                            ("schemes", "Đếm đề án, nhiệm vụ"),
                            ("facilities", "Đếm cơ sở thụ hưởng khác nhau"),
                            ("money", "Kinh phí khuyến công đã cam kết"),
                            ("hand_sum", "Nhập tay, cộng các năm"),
                            ("hand_last", "Nhập tay, lấy số mới nhất"),
                        ],
                        default="indicator",
                        max_length=10,
                        verbose_name="cách tính kết quả",
                    ),
                ),
                (
                    "counts_all",
                    models.BooleanField(
                        default=False,
                        help_text="Cả đề án thuộc chương trình khác, ví dụ khuyến công quốc gia.",
                        verbose_name="tính mọi đề án trên địa bàn",
                    ),
                ),
                (
                    "document",
                    khuyencong.fields.CleanCharField(blank=True, max_length=250, verbose_name="văn bản giao chỉ tiêu"),
                ),
                ("note", khuyencong.fields.CleanTextField(blank=True, verbose_name="ghi chú")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                (
                    "is_illustrative",
                    models.BooleanField(default=False, editable=False, verbose_name="số liệu minh họa"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TargetFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("value", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="kết quả")),
                ("note", khuyencong.fields.CleanCharField(max_length=250, verbose_name="nguồn số liệu")),
            ],
            options={
                "verbose_name": "kết quả nhập tay",
                "verbose_name_plural": "kết quả nhập tay",
                "ordering": ["year", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TargetFigureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("value", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="kết quả")),
                ("note", khuyencong.fields.CleanCharField(max_length=250, verbose_name="nguồn số liệu")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="YearBudget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("note", khuyencong.fields.CleanTextField(blank=True, verbose_name="ghi chú")),
                (
                    "is_illustrative",
                    models.BooleanField(default=False, editable=False, verbose_name="số liệu minh họa"),
                ),
            ],
            options={
                "verbose_name": "dự toán năm",
                "verbose_name_plural": "dự toán năm",
                "ordering": ["-year", "source__position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="YearBudgetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("note", khuyencong.fields.CleanTextField(blank=True, verbose_name="ghi chú")),
                (
                    "is_illustrative",
                    models.BooleanField(default=False, editable=False, verbose_name="số liệu minh họa"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        Batch(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="fundingline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="line_within_budget",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            declare="DECLARE over RECORD;",
                            func="\n        IF coalesce(NEW.adjusted_amount, NEW.approved_amount) IS NULL THEN RETURN NULL; END IF;\n        PERFORM 1 FROM programmes_yearbudget budget WHERE budget.source_id = NEW.source_id AND (budget.province_id, budget.year) =\n    (SELECT scheme.province_id, scheme.year FROM programmes_scheme scheme\n        WHERE scheme.id = NEW.scheme_id AND scheme.status IN ('approved', 'contracted', 'detailed', 'in_progress', 'accepted', 'liquidated', 'settled', 'closed')) ORDER BY budget.id FOR NO KEY UPDATE;\n        SELECT source.name, budget.* INTO over FROM (\n    SELECT budget.id, budget.province_id, budget.year, budget.source_id,\n        (SELECT sum(amount) FROM programmes_allocation\n            WHERE budget_id = budget.id AND confirmed_at IS NOT NULL) AS allocated,\n        (SELECT coalesce(sum(amount), 0) FROM (\n    SELECT scheme.province_id, scheme.year, line.source_id, scheme.programme_id, scheme.content_id,\n        coalesce(line.adjusted_amount, line.approved_amount) AS amount\n        FROM programmes_fundingline line JOIN programmes_scheme scheme ON scheme.id = line.scheme_id\n        WHERE scheme.status IN ('approved', 'contracted', 'detailed', 'in_progress', 'accepted', 'liquidated', 'settled', 'closed')\n    UNION ALL\n    SELECT province_id, year, source_id, programme_id, NULL, approved_amount FROM programmes_planfunding\n        WHERE confirmed_at IS NOT NULL) commitment\n            WHERE (commitment.province_id, commitment.year, commitment.source_id)\n                = (budget.province_id, budget.year, budget.source_id)) AS committed\n    FROM programmes_yearbudget budget) budget\n            JOIN programmes_fundingsource source ON source.code = budget.source_id\n            WHERE budget.source_id = NEW.source_id AND (budget.province_id, budget.year) =\n    (SELECT scheme.province_id, scheme.year FROM programmes_scheme scheme\n        WHERE scheme.id = NEW.scheme_id AND scheme.status IN ('approved', 'contracted', 'detailed', 'in_progress', 'accepted', 'liquidated', 'settled', 'closed')) AND budget.committed > budget.allocated ORDER BY budget.id LIMIT 1;\n        IF FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_not_over_committed', MESSAGE = format('%s năm %s được giao %s đồng, trong khi cam kết (số đã phê duyệt, kể cả lần này) là %s đồng, vượt %s đồng. Hãy ghi quyết định bổ sung dự toán, hoặc giảm số phê duyệt.', over.name, over.year, replace(to_char(over.allocated, 'FM999,999,999,999,999,990'), ',', '.'), replace(to_char(over.committed, 'FM999,999,999,999,999,990'), ',', '.'), replace(to_char(over.committed - over.allocated, 'FM999,999,999,999,999,990'), ',', '.')); END IF;\n        \nRETURN NULL;",
                            hash="d7981ecd5b02a37c48d274f542fa57d2767dfcea",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_line_within_budget_a4eb2",
                            table="programmes_fundingline",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="planfunding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_funding_within_budget",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            declare="DECLARE over RECORD;",
                            func="\n        IF NEW.confirmed_at IS NULL THEN RETURN NULL; END IF;\n        PERFORM 1 FROM programmes_yearbudget budget WHERE (budget.province_id, budget.year, budget.source_id) = (NEW.province_id, NEW.year, NEW.source_id) ORDER BY budget.id FOR NO KEY UPDATE;\n        SELECT source.name, budget.* INTO over FROM (\n    SELECT budget.id, budget.province_id, budget.year, budget.source_id,\n        (SELECT sum(amount) FROM programmes_allocation\n            WHERE budget_id = budget.id AND confirmed_at IS NOT NULL) AS allocated,\n        (SELECT coalesce(sum(amount), 0) FROM (\n    SELECT scheme.province_id, scheme.year, line.source_id, scheme.programme_id, scheme.content_id,\n        coalesce(line.adjusted_amount, line.approved_amount) AS amount\n        FROM programmes_fundingline line JOIN programmes_scheme scheme ON scheme.id = line.scheme_id\n        WHERE scheme.status IN ('approved', 'contracted', 'detailed', 'in_progress', 'accepted', 'liquidated', 'settled', 'closed')\n    UNION ALL\n    SELECT province_id, year, source_id, programme_id, NULL, approved_amount FROM programmes_planfunding\n        WHERE confirmed_at IS NOT NULL) commitment\n            WHERE (commitment.province_id, commitment.year, commitment.source_id)\n                = (budget.province_id, budget.year, budget.source_id)) AS committed\n    FROM programmes_yearbudget budget) budget\n            JOIN programmes_fundingsource source ON source.code = budget.source_id\n            WHERE (budget.province_id, budget.year, budget.source_id) = (NEW.province_id, NEW.year, NEW.source_id) AND budget.committed > budget.allocated ORDER BY budget.id LIMIT 1;\n        IF FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_not_over_committed', MESSAGE = format('%s năm %s được giao %s đồng, trong khi cam kết (số đã phê duyệt, kể cả lần này) là %s đồng, vượt %s đồng. Hãy ghi quyết định bổ sung dự toán, hoặc giảm số phê duyệt.', over.name, over.year, replace(to_char(over.allocated, 'FM999,999,999,999,999,990'), ',', '.'), replace(to_char(over.committed, 'FM999,999,999,999,999,990'), ',', '.'), replace(to_char(over.committed - over.allocated, 'FM999,999,999,999,999,990'), ',', '.')); END IF;\n        \nRETURN NULL;",
                            hash="4fdd21d08350736b81db1206c2701e1fa7acb1fd",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_plan_funding_within_budget_c4f93",
                            table="programmes_planfunding",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="scheme_within_budget",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            declare="DECLARE over RECORD;",
                            func="\n        IF NEW.status NOT IN ('approved', 'contracted', 'detailed', 'in_progress', 'accepted', 'liquidated', 'settled', 'closed') OR OLD.status IN ('approved', 'contracted', 'detailed', 'in_progress', 'accepted', 'liquidated', 'settled', 'closed') THEN RETURN NULL; END IF;\n        PERFORM 1 FROM programmes_yearbudget budget WHERE budget.province_id = NEW.province_id AND budget.year = NEW.year AND budget.source_id IN\n    (SELECT line.source_id FROM programmes_fundingline line WHERE line.scheme_id = NEW.id) ORDER BY budget.id FOR NO KEY UPDATE;\n        SELECT source.name, budget.* INTO over FROM (\n    SELECT budget.id, budget.province_id, budget.year, budget.source_id,\n        (SELECT sum(amount) FROM programmes_allocation\n            WHERE budget_id = budget.id AND confirmed_at IS NOT NULL) AS allocated,\n        (SELECT coalesce(sum(amount), 0) FROM (\n    SELECT scheme.province_id, scheme.year, line.source_id, scheme.programme_id, scheme.content_id,\n        coalesce(line.adjusted_amount, line.approved_amount) AS amount\n        FROM programmes_fundingline line JOIN programmes_scheme scheme ON scheme.id = line.scheme_id\n        WHERE scheme.status IN ('approved', 'contracted', 'detailed', 'in_progress', 'accepted', 'liquidated', 'settled', 'closed')\n    UNION ALL\n    SELECT province_id, year, source_id, programme_id, NULL, approved_amount FROM programmes_planfunding\n        WHERE confirmed_at IS NOT NULL) commitment\n            WHERE (commitment.province_id, commitment.year, commitment.source_id)\n                = (budget.province_id, budget.year, budget.source_id)) AS committed\n    FROM programmes_yearbudget budget) budget\n            JOIN programmes_fundingsource source ON source.code = budget.source_id\n            WHERE budget.province_id = NEW.province_id AND budget.year = NEW.year AND budget.source_id IN\n    (SELECT line.source_id FROM programmes_fundingline line WHERE line.scheme_id = NEW.id) AND budget.committed > budget.allocated ORDER BY budget.id LIMIT 1;\n        IF FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_not_over_committed', MESSAGE = format('%s năm %s được giao %s đồng, trong khi cam kết (số đã phê duyệt, kể cả lần này) là %s đồng, vượt %s đồng. Hãy ghi quyết định bổ sung dự toán, hoặc giảm số phê duyệt.', over.name, over.year, replace(to_char(over.allocated, 'FM999,999,999,999,999,990'), ',', '.'), replace(to_char(over.committed, 'FM999,999,999,999,999,990'), ',', '.'), replace(to_char(over.committed - over.allocated, 'FM999,999,999,999,999,990'), ',', '.')); END IF;\n        \nRETURN NULL;",
                            hash="f709d693a340671e02f1d67ca71a079c3e66c4b1",
                            operation="UPDATE",
                            pgid="pgtrigger_scheme_within_budget_145ac",
                            table="programmes_scheme",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="allocation",
                    name="confirmed_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người xác nhận",
                    ),
                ),
                migrations.AddField(
                    model_name="allocation",
                    name="created_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi",
                    ),
                ),
                migrations.AddField(
                    model_name="allocationevent",
                    name="confirmed_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người xác nhận",
                    ),
                ),
                migrations.AddField(
                    model_name="allocationevent",
                    name="created_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi",
                    ),
                ),
                migrations.AddField(
                    model_name="allocationevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="allocationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programmes.allocation",
                    ),
                ),
                migrations.AddField(
                    model_name="groupcontent",
                    name="content",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.activitycontent",
                        verbose_name="nội dung hoạt động",
                    ),
                ),
                migrations.AddField(
                    model_name="groupcontentevent",
                    name="content",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.activitycontent",
                        verbose_name="nội dung hoạt động",
                    ),
                ),
                migrations.AddField(
                    model_name="groupcontentevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="groupcontentevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programmes.groupcontent",
                    ),
                ),
                migrations.AddField(
                    model_name="programmegroup",
                    name="contents",
                    field=models.ManyToManyField(
                        blank=True,
                        through="programmes.GroupContent",
                        to="programmes.activitycontent",
                        verbose_name="nội dung hoạt động",
                    ),
                ),
                migrations.AddField(
                    model_name="programmegroup",
                    name="programme",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="programmes.programme",
                        verbose_name="chương trình",
                    ),
                ),
                migrations.AddField(
                    model_name="groupcontentevent",
                    name="group",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.programmegroup",
                        verbose_name="nhóm nội dung",
                    ),
                ),
                migrations.AddField(
                    model_name="groupcontent",
                    name="group",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="programmes.programmegroup",
                        verbose_name="nhóm nội dung",
                    ),
                ),
                migrations.AddField(
                    model_name="programmegroupevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="programmegroupevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programmes.programmegroup",
                    ),
                ),
                migrations.AddField(
                    model_name="programmegroupevent",
                    name="programme",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.programme",
                        verbose_name="chương trình",
                    ),
                ),
                migrations.AddField(
                    model_name="programmetarget",
                    name="group",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="programmes.programmegroup",
                        verbose_name="nhóm nội dung",
                    ),
                ),
                migrations.AddField(
                    model_name="programmetarget",
                    name="indicator",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="programmes.indicator",
                        verbose_name="chỉ tiêu kết quả của đề án",
                    ),
                ),
                migrations.AddField(
                    model_name="programmetarget",
                    name="programme",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="programmes.programme",
                        verbose_name="chương trình",
                    ),
                ),
                migrations.AddField(
                    model_name="programmetarget",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.fundingsource",
                        verbose_name="nguồn kinh phí",
                    ),
                ),
                migrations.AddField(
                    model_name="programmetargetevent",
                    name="group",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.programmegroup",
                        verbose_name="nhóm nội dung",
                    ),
                ),
                migrations.AddField(
                    model_name="programmetargetevent",
                    name="indicator",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.indicator",
                        verbose_name="chỉ tiêu kết quả của đề án",
                    ),
                ),
                migrations.AddField(
                    model_name="programmetargetevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="programmetargetevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programmes.programmetarget",
                    ),
                ),
                migrations.AddField(
                    model_name="programmetargetevent",
                    name="programme",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.programme",
                        verbose_name="chương trình",
                    ),
                ),
                migrations.AddField(
                    model_name="programmetargetevent",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.fundingsource",
                        verbose_name="nguồn kinh phí",
                    ),
                ),
                migrations.AddField(
                    model_name="targetfigure",
                    name="target",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="programmes.programmetarget",
                        verbose_name="chỉ tiêu",
                    ),
                ),
                migrations.AddField(
                    model_name="targetfigureevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="targetfigureevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programmes.targetfigure",
                    ),
                ),
                migrations.AddField(
                    model_name="targetfigureevent",
                    name="target",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.programmetarget",
                        verbose_name="chỉ tiêu",
                    ),
                ),
                migrations.AddField(
                    model_name="yearbudget",
                    name="province",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="khuyencong.province",
                        verbose_name="tỉnh, thành phố",
                    ),
                ),
                migrations.AddField(
                    model_name="yearbudget",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="programmes.fundingsource", verbose_name="nguồn"
                    ),
                ),
                migrations.AddField(
                    model_name="allocationevent",
                    name="budget",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.yearbudget",
                        verbose_name="dự toán",
                    ),
                ),
                migrations.AddField(
                    model_name="allocation",
                    name="budget",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="programmes.yearbudget",
                        verbose_name="dự toán",
                    ),
                ),
                migrations.AddField(
                    model_name="yearbudgetevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="yearbudgetevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="programmes.yearbudget",
                    ),
                ),
                migrations.AddField(
                    model_name="yearbudgetevent",
                    name="province",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="khuyencong.province",
                        verbose_name="tỉnh, thành phố",
                    ),
                ),
                migrations.AddField(
                    model_name="yearbudgetevent",
                    name="source",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="programmes.fundingsource",
                        verbose_name="nguồn",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmegroup",
                    constraint=models.UniqueConstraint(
                        fields=("programme", "name"),
                        name="programme_group_once",
                        violation_error_code="programme_group_once",
                        violation_error_message="Chương trình đã có nhóm này.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmegroup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="programme_group_name_given",
                        violation_error_code="programme_group_name_given",
                        violation_error_message="Nhập tên nhóm.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmegroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="group_stays_in_programme",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF NEW.programme_id <> OLD.programme_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'group_stays_in_programme', MESSAGE = 'Không chuyển được nhóm sang chương trình khác.'; END IF;\nRETURN NEW;",
                            hash="77e014992e9ede4b3a4357b2bbdb81a34d0dcd4c",
                            operation="UPDATE",
                            pgid="pgtrigger_group_stays_in_programme_5f31c",
                            table="programmes_programmegroup",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmegroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_programmegroupevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."programme_id"); RETURN NULL;',
                            hash="17ed26b94e092ebec8f5dd15f7b12fe276bf59a0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e7fdf",
                            table="programmes_programmegroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmegroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "programmes_programmegroupevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."programme_id"); RETURN NULL;',
                            hash="628732742e6c812ee2190cf1cd71c4309c3bde01",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f29ad",
                            table="programmes_programmegroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmegroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_programmegroupevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."programme_id"); RETURN NULL;',
                            hash="79ac9f27bf7d68d81a810136d85049ddecb6a6fa",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_43966",
                            table="programmes_programmegroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="groupcontentevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9af0c4842a17670bf4f0c6d6ad3889f257103298",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1b0dd",
                            table="programmes_groupcontentevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="groupcontent",
                    constraint=models.UniqueConstraint(
                        fields=("group", "content"),
                        name="group_content_once",
                        violation_error_code="group_content_once",
                        violation_error_message="Nhóm đã có nội dung này.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="groupcontent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_groupcontentevent" ("content_id", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."content_id", NEW."group_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="a33311691e562220d79832d532b69a3aeaa0a0ca",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1056e",
                            table="programmes_groupcontent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="groupcontent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "programmes_groupcontentevent" ("content_id", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."content_id", NEW."group_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="2ab24517913b45d171a386b899dfbb07772cbe3a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_95773",
                            table="programmes_groupcontent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="groupcontent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_groupcontentevent" ("content_id", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."content_id", OLD."group_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="8f137d37b9d42d4b117d31ec5b6f0b8e9ab2573a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c5291",
                            table="programmes_groupcontent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmegroupevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2aefc29b7081597e083230fcaed065ec246af323",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d8897",
                            table="programmes_programmegroupevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmetarget",
                    constraint=models.UniqueConstraint(
                        fields=("programme", "group", "name", "year", "source"),
                        name="programme_target_once",
                        nulls_distinct=False,
                        violation_error_code="programme_target_once",
                        violation_error_message="Chương trình đã có chỉ tiêu này.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmetarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("high__isnull", True),
                                ("low__isnull", False),
                                ("relation__in", ["exact", "above", "about"]),
                            ),
                            models.Q(
                                ("high__gt", models.F("low")),
                                ("high__isnull", False),
                                ("low__isnull", False),
                                ("relation", "range"),
                            ),
                            models.Q(("high__isnull", False), ("low__isnull", True), ("relation", "at_most")),
                            _connector="OR",
                        ),
                        name="programme_target_bounds",
                        violation_error_code="programme_target_bounds",
                        violation_error_message="Số dưới và số trên không khớp với cách ghi: khoảng cần cả hai, “không quá” cần số trên, còn lại cần một số.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmetarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("low__isnull", True), ("low__gte", 0), _connector="OR"),
                        name="programme_target_low_not_negative",
                        violation_error_code="programme_target_low_not_negative",
                        violation_error_message="Số dưới không được âm.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmetarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("high__isnull", True), ("high__gte", 0), _connector="OR"),
                        name="programme_target_high_not_negative",
                        violation_error_code="programme_target_high_not_negative",
                        violation_error_message="Số trên không được âm.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmetarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="programme_target_name_given",
                        violation_error_code="programme_target_name_given",
                        violation_error_message="Nhập tên chỉ tiêu.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmetarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("indicator__isnull", False), ("measure", "indicator")),
                            models.Q(models.Q(("measure", "indicator"), _negated=True), ("indicator__isnull", True)),
                            _connector="OR",
                        ),
                        name="programme_target_indicator_of_measure",
                        violation_error_code="programme_target_indicator_of_measure",
                        violation_error_message="Chọn chỉ tiêu kết quả khi cộng kết quả của đề án; cách tính khác thì để trống.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="programmetarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("source__isnull", True), ("measure", "money"), _connector="OR"),
                        name="programme_target_source_of_money",
                        violation_error_code="programme_target_source_of_money",
                        violation_error_message="Chỉ chỉ tiêu kinh phí mới chọn nguồn.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmetarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="target_of_programme",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE period RECORD;",
                            func="\n                IF NEW.group_id IS NOT NULL AND NEW.programme_id <>\n                    (SELECT programme_id FROM programmes_programmegroup WHERE id = NEW.group_id)\n                THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'target_group_of_programme', MESSAGE = 'Nhóm nội dung thuộc chương trình khác.'; END IF;\n                SELECT first_year, last_year INTO period FROM programmes_programme WHERE id = NEW.programme_id;\n                IF NEW.year NOT BETWEEN period.first_year AND period.last_year THEN\n                    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'target_year_of_programme', MESSAGE = format('Năm %s nằm ngoài chương trình (%s–%s).', NEW.year, period.first_year, period.last_year);\n                END IF;\n                IF NEW.measure NOT IN ('hand_sum', 'hand_last')\n                    AND EXISTS (SELECT 1 FROM programmes_targetfigure WHERE target_id = NEW.id)\n                THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'target_still_by_hand', MESSAGE = 'Chỉ tiêu đang có số nhập tay: xóa các số đó trước khi đổi cách tính.'; END IF;\n                \nRETURN NEW;",
                            hash="332c3a330a93dcb501d2630c098991243203dc65",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_target_of_programme_59b0b",
                            table="programmes_programmetarget",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmetarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="target_counts_versions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="NEW.version := OLD.version + 1;\nRETURN NEW;",
                            hash="27868ba979c37a3f266c7cdb3effd910a5290e15",
                            operation="UPDATE",
                            pgid="pgtrigger_target_counts_versions_83c59",
                            table="programmes_programmetarget",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmetarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_programmetargetevent" ("counts_all", "document", "group_id", "high", "id", "indicator_id", "is_illustrative", "low", "measure", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "relation", "source_id", "unit", "year") VALUES (NEW."counts_all", NEW."document", NEW."group_id", NEW."high", NEW."id", NEW."indicator_id", NEW."is_illustrative", NEW."low", NEW."measure", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."programme_id", NEW."relation", NEW."source_id", NEW."unit", NEW."year"); RETURN NULL;',
                            hash="77cd9d5c06706d4a3fe0c0c81bbb1bf2dcded96a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ffa62",
                            table="programmes_programmetarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmetarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."counts_all" IS DISTINCT FROM (NEW."counts_all") OR OLD."document" IS DISTINCT FROM (NEW."document") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."high" IS DISTINCT FROM (NEW."high") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indicator_id" IS DISTINCT FROM (NEW."indicator_id") OR OLD."is_illustrative" IS DISTINCT FROM (NEW."is_illustrative") OR OLD."low" IS DISTINCT FROM (NEW."low") OR OLD."measure" IS DISTINCT FROM (NEW."measure") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func='INSERT INTO "programmes_programmetargetevent" ("counts_all", "document", "group_id", "high", "id", "indicator_id", "is_illustrative", "low", "measure", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "relation", "source_id", "unit", "year") VALUES (NEW."counts_all", NEW."document", NEW."group_id", NEW."high", NEW."id", NEW."indicator_id", NEW."is_illustrative", NEW."low", NEW."measure", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."programme_id", NEW."relation", NEW."source_id", NEW."unit", NEW."year"); RETURN NULL;',
                            hash="9fa4d6e4ed238a9e2e6922095ca30e85da981fea",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_60b65",
                            table="programmes_programmetarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmetarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_programmetargetevent" ("counts_all", "document", "group_id", "high", "id", "indicator_id", "is_illustrative", "low", "measure", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "relation", "source_id", "unit", "year") VALUES (OLD."counts_all", OLD."document", OLD."group_id", OLD."high", OLD."id", OLD."indicator_id", OLD."is_illustrative", OLD."low", OLD."measure", OLD."name", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."programme_id", OLD."relation", OLD."source_id", OLD."unit", OLD."year"); RETURN NULL;',
                            hash="8c63115ce3bd22c2f13e73ea77dc834f7b5f2087",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a3994",
                            table="programmes_programmetarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="programmetargetevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3d94d105d6f7d036bdbb480385b6aff2e2668df8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_713df",
                            table="programmes_programmetargetevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetfigure",
                    constraint=models.UniqueConstraint(
                        fields=("target", "year"),
                        name="target_figure_once",
                        violation_error_code="target_figure_once",
                        violation_error_message="Năm này đã có kết quả.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetfigure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                        name="target_figure_value_not_negative",
                        violation_error_code="target_figure_value_not_negative",
                        violation_error_message="Kết quả không được âm.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetfigure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True),
                        name="target_figure_note_given",
                        violation_error_code="target_figure_note_given",
                        violation_error_message="Ghi nguồn số liệu, ví dụ: báo cáo năm 2023 của Sở.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="figure_of_target",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE found RECORD;",
                            func="\n                SELECT target.measure, programme.first_year, programme.last_year INTO found\n                    FROM programmes_programmetarget target JOIN programmes_programme programme\n                    ON programme.id = target.programme_id WHERE target.id = NEW.target_id;\n                IF found.measure NOT IN ('hand_sum', 'hand_last') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_by_hand', MESSAGE = 'Chỉ tiêu này được tính từ đề án, không nhập tay.'; END IF;\n                IF NEW.year NOT BETWEEN found.first_year AND found.last_year THEN\n                    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_year_of_programme', MESSAGE = format('Năm %s nằm ngoài chương trình (%s–%s).', NEW.year, found.first_year, found.last_year);\n                END IF;\n                \nRETURN NEW;",
                            hash="e85f2fee5bb5e3f9e95b6bfdb8bbaf984fda010b",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_figure_of_target_69081",
                            table="programmes_targetfigure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_targetfigureevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_id", "value", "year") VALUES (NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."target_id", NEW."value", NEW."year"); RETURN NULL;',
                            hash="b1c098b62272ba335bff8331f1139d8d407dbadb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d4a6a",
                            table="programmes_targetfigure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "programmes_targetfigureevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_id", "value", "year") VALUES (NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."target_id", NEW."value", NEW."year"); RETURN NULL;',
                            hash="52134ca743b5efaa6ee0aa5d6cad95901a497441",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c3a35",
                            table="programmes_targetfigure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_targetfigureevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_id", "value", "year") VALUES (OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."target_id", OLD."value", OLD."year"); RETURN NULL;',
                            hash="43f10a9455145cc197b279eb959df268ed6c783c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_49ce3",
                            table="programmes_targetfigure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetfigureevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f7b07fbeef610c7daec32004e068e7e9b0faa11a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b093c",
                            table="programmes_targetfigureevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="yearbudget",
                    constraint=models.UniqueConstraint(
                        fields=("province", "year", "source"),
                        name="year_budget_once",
                        violation_error_code="year_budget_once",
                        violation_error_message="Nguồn này đã có dự toán của năm: ghi thêm quyết định vào dự toán đó.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="yearbudget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("year__gte", 2005), ("year__lte", 2100)),
                        name="year_budget_year_in_range",
                        violation_error_code="year_budget_year_in_range",
                        violation_error_message="Năm phải từ 2005 đến 2100.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="yearbudget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="budget_of_support",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE wrong RECORD;",
                            func="\n    IF TG_OP = 'UPDATE' THEN\n        IF (NEW.province_id, NEW.year, NEW.source_id) <> (OLD.province_id, OLD.year, OLD.source_id) THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_key_stays', MESSAGE = 'Không đổi được tỉnh, năm, nguồn của dự toán. Xóa dự toán chưa có quyết định rồi lập lại.';\n        END IF;\n    END IF;\n    SELECT name INTO wrong FROM programmes_fundingsource WHERE code = NEW.source_id AND NOT is_support;\n    IF FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_of_support', MESSAGE = format('%s không phải là kinh phí khuyến công nên không lập dự toán.', wrong.name); END IF;\n    \nRETURN NEW;",
                            hash="7cbd94a7e78a4c8d474817838a8e91ff89428696",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_budget_of_support_d96aa",
                            table="programmes_yearbudget",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="yearbudget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="year_budget_province_of_the_year",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE place RECORD;",
                            func="\n        SELECT name INTO place FROM khuyencong_province WHERE id = NEW.province_id\n            AND (extract(year FROM valid_from) > NEW.year OR extract(year FROM valid_to) < NEW.year);\n        IF FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'year_budget_province_of_the_year', MESSAGE = format('%s không phải là đơn vị hành chính trong năm %s. Hãy chọn lại năm hoặc tỉnh.', place.name, NEW.year); END IF;\n        \nRETURN NEW;",
                            hash="3fb1c12e022312270693b3851019c3b2e7308599",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_year_budget_province_of_the_year_9c21d",
                            table="programmes_yearbudget",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="yearbudget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_yearbudgetevent" ("id", "is_illustrative", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "source_id", "year") VALUES (NEW."id", NEW."is_illustrative", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."province_id", NEW."source_id", NEW."year"); RETURN NULL;',
                            hash="e2df7bedb139c52105ffa2b0a421673f69f910bc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cc5b0",
                            table="programmes_yearbudget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="yearbudget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "programmes_yearbudgetevent" ("id", "is_illustrative", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "source_id", "year") VALUES (NEW."id", NEW."is_illustrative", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."province_id", NEW."source_id", NEW."year"); RETURN NULL;',
                            hash="9a16e5f9fa3a8c97ea7c27c016692274dc443a95",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d7603",
                            table="programmes_yearbudget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="yearbudget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_yearbudgetevent" ("id", "is_illustrative", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "source_id", "year") VALUES (OLD."id", OLD."is_illustrative", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."province_id", OLD."source_id", OLD."year"); RETURN NULL;',
                            hash="72573fb8a7bcea0d2d0277d14ff66f1efa37011b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0be5a",
                            table="programmes_yearbudget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9e077913196ffc62d9d79ab25e4c945da4a83b2b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_83988",
                            table="programmes_allocationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="allocation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("kind__in", ["initial", "supplement", "carried"])),
                            models.Q(("amount__lt", 0), ("kind__in", ["cut", "transferred"])),
                            _connector="OR",
                        ),
                        name="allocation_sign_of_kind",
                        violation_error_code="allocation_sign_of_kind",
                        violation_error_message="Số tiền phải lớn hơn 0: giao, bổ sung, nhận chuyển là cộng; cắt giảm, chuyển đi là trừ.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="allocation",
                    constraint=models.UniqueConstraint(
                        fields=("budget", "kind", "decision_number", "decision_on"),
                        name="allocation_once",
                        violation_error_code="allocation_once",
                        violation_error_message="Quyết định này đã được ghi cho nguồn này.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="allocation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("decision_number", ""), _negated=True),
                        name="allocation_decision_number_given",
                        violation_error_code="allocation_decision_number_given",
                        violation_error_message="Nhập số quyết định.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="allocation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="allocation_confirmed_by_with_confirmed_at",
                        violation_error_code="allocation_confirmed_by_with_confirmed_at",
                        violation_error_message="Xác nhận phải có người và thời điểm.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="allocation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("created_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="allocation_four_eyes",
                        violation_error_code="allocation_four_eyes",
                        violation_error_message="Người ghi không được tự xác nhận.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="allocation_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF OLD.confirmed_at IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_is_final', MESSAGE = 'Quyết định đã xác nhận thì không sửa, không xóa được. Sai thì ghi quyết định điều chỉnh.'; END IF;\nRETURN NEW;",
                            hash="ad4a756f24466cb82341cd95f17255bdd8d0391e",
                            operation="UPDATE",
                            pgid="pgtrigger_allocation_is_final_7896a",
                            table="programmes_allocation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="allocation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF OLD.confirmed_at IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_stays', MESSAGE = 'Quyết định đã xác nhận thì không sửa, không xóa được. Sai thì ghi quyết định điều chỉnh.'; END IF;\nRETURN OLD;",
                            hash="d452f52042106c069cdbad7443d33efd6f1dd894",
                            operation="DELETE",
                            pgid="pgtrigger_allocation_stays_a6115",
                            table="programmes_allocation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="allocation_counts_versions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="NEW.version := OLD.version + 1;\nRETURN NEW;",
                            hash="116b602c1e7d66b5cebddaaa0f6e479dd96d55f8",
                            operation="UPDATE",
                            pgid="pgtrigger_allocation_counts_versions_c8cba",
                            table="programmes_allocation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="allocation_covers_committed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            declare="DECLARE over RECORD;",
                            func="\n        IF NEW.confirmed_at IS NULL THEN RETURN NULL; END IF;\n        PERFORM 1 FROM programmes_yearbudget budget WHERE budget.id = NEW.budget_id ORDER BY budget.id FOR NO KEY UPDATE;\n        SELECT source.name, budget.* INTO over FROM (\n    SELECT budget.id, budget.province_id, budget.year, budget.source_id,\n        (SELECT sum(amount) FROM programmes_allocation\n            WHERE budget_id = budget.id AND confirmed_at IS NOT NULL) AS allocated,\n        (SELECT coalesce(sum(amount), 0) FROM (\n    SELECT scheme.province_id, scheme.year, line.source_id, scheme.programme_id, scheme.content_id,\n        coalesce(line.adjusted_amount, line.approved_amount) AS amount\n        FROM programmes_fundingline line JOIN programmes_scheme scheme ON scheme.id = line.scheme_id\n        WHERE scheme.status IN ('approved', 'contracted', 'detailed', 'in_progress', 'accepted', 'liquidated', 'settled', 'closed')\n    UNION ALL\n    SELECT province_id, year, source_id, programme_id, NULL, approved_amount FROM programmes_planfunding\n        WHERE confirmed_at IS NOT NULL) commitment\n            WHERE (commitment.province_id, commitment.year, commitment.source_id)\n                = (budget.province_id, budget.year, budget.source_id)) AS committed\n    FROM programmes_yearbudget budget) budget\n            JOIN programmes_fundingsource source ON source.code = budget.source_id\n            WHERE budget.id = NEW.budget_id AND budget.committed > budget.allocated ORDER BY budget.id LIMIT 1;\n        IF FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_not_over_committed', MESSAGE = format('%s năm %s được giao %s đồng, trong khi cam kết (số đã phê duyệt, kể cả lần này) là %s đồng, vượt %s đồng. Hãy ghi quyết định bổ sung dự toán, hoặc giảm số phê duyệt.', over.name, over.year, replace(to_char(over.allocated, 'FM999,999,999,999,999,990'), ',', '.'), replace(to_char(over.committed, 'FM999,999,999,999,999,990'), ',', '.'), replace(to_char(over.committed - over.allocated, 'FM999,999,999,999,999,990'), ',', '.')); END IF;\n        \nRETURN NULL;",
                            hash="cbf5098d0bdd7a6c26b0a03612a54bb3d7a8979f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_allocation_covers_committed_10b88",
                            table="programmes_allocation",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_allocationevent" ("amount", "authority", "budget_id", "confirmed_at", "confirmed_by_id", "created_at", "created_by_id", "decision_number", "decision_on", "id", "is_illustrative", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount", NEW."authority", NEW."budget_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."created_at", NEW."created_by_id", NEW."decision_number", NEW."decision_on", NEW."id", NEW."is_illustrative", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="76f9161c2939a9909a5e2cb3e56a5e40d547b593",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c03a2",
                            table="programmes_allocation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."authority" IS DISTINCT FROM (NEW."authority") OR OLD."budget_id" IS DISTINCT FROM (NEW."budget_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."decision_number" IS DISTINCT FROM (NEW."decision_number") OR OLD."decision_on" IS DISTINCT FROM (NEW."decision_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_illustrative" IS DISTINCT FROM (NEW."is_illustrative") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note" IS DISTINCT FROM (NEW."note"))',
                            func='INSERT INTO "programmes_allocationevent" ("amount", "authority", "budget_id", "confirmed_at", "confirmed_by_id", "created_at", "created_by_id", "decision_number", "decision_on", "id", "is_illustrative", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount", NEW."authority", NEW."budget_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."created_at", NEW."created_by_id", NEW."decision_number", NEW."decision_on", NEW."id", NEW."is_illustrative", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="15ea90fca6a81d4a16e43176968bc86d41e32d3a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d7978",
                            table="programmes_allocation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "programmes_allocationevent" ("amount", "authority", "budget_id", "confirmed_at", "confirmed_by_id", "created_at", "created_by_id", "decision_number", "decision_on", "id", "is_illustrative", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."amount", OLD."authority", OLD."budget_id", OLD."confirmed_at", OLD."confirmed_by_id", OLD."created_at", OLD."created_by_id", OLD."decision_number", OLD."decision_on", OLD."id", OLD."is_illustrative", OLD."kind", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="28dac579caf2db8855ec82c3c8702674fd973b58",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4ae81",
                            table="programmes_allocation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="yearbudgetevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3fe3702168a46bc4ebf72ae04b881df041b02b2e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_58f03",
                            table="programmes_yearbudgetevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
