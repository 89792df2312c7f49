"""What a programme is to reach: groups of contents and targets, each a number, a range or a bound."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from khuyencong import constraints
from khuyencong.fields import CleanCharField, CleanTextField
from khuyencong.history import track
from khuyencong.scope import ScopedQuerySet, province_ids
from khuyencong.triggers import before, refuse
from programmes.models.reference import ActivityContent, FundingSource, Indicator, Programme


class OfProgrammeQuerySet(ScopedQuerySet):
    """Rows of a programme: those of national programmes are everybody's to read."""

    province_field = "programme__province"

    def visible_to(self, user):
        ids = province_ids(user)
        mine = {f"{self.province_field}__in": ids or ()}
        return self if ids is None else self.filter(Q(**{f"{self.province_field}__isnull": True}) | Q(**mine))


class FigureQuerySet(OfProgrammeQuerySet):
    province_field = "target__programme__province"


@track()
class ProgrammeGroup(models.Model):
    """A group of contents as a programme names them (nhóm nội dung), with the contents of the law that it stands for."""

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name="chương trình", related_name="groups")
    name = CleanCharField("tên nhóm", max_length=250)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    contents = models.ManyToManyField(
        ActivityContent, through="GroupContent", verbose_name="nội dung hoạt động", blank=True
    )

    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm nội dung"
        verbose_name_plural = "nhóm nội dung"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="programme_group_once",
                violation_error_code="programme_group_once",
                violation_error_message="Chương trình đã có nhóm này.",
            ),
            constraints.not_blank("programme_group", "name", "Nhập tên nhóm."),
        ]
        triggers = [
            before(
                "group_stays_in_programme",
                pgtrigger.Update,
                "IF NEW.programme_id <> OLD.programme_id THEN "
                + refuse("group_stays_in_programme", "Không chuyển được nhóm sang chương trình khác.")
                + " END IF;",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("programmes:programme-detail", args=[self.programme_id])


@track()
class GroupContent(models.Model):
    """One content of the law (KC01…) in a group; a clause stands for all contents under it."""

    group = models.ForeignKey(ProgrammeGroup, models.CASCADE, verbose_name="nhóm nội dung")
    content = models.ForeignKey(ActivityContent, models.PROTECT, verbose_name="nội dung hoạt động", related_name="+")

    class Meta:
        verbose_name = "nội dung của nhóm"
        verbose_name_plural = "nội dung của nhóm"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "content"],
                name="group_content_once",
                violation_error_code="group_content_once",
                violation_error_message="Nhóm đã có nội dung này.",
            )
        ]

    def __str__(self):
        return f"{self.group}: {self.content}"


BOUNDED = "Số dưới và số trên không khớp với cách ghi: khoảng cần cả hai, “không quá” cần số trên, còn lại cần một số."
OTHER_GROUP = "Nhóm nội dung thuộc chương trình khác."
OTHER_YEAR = "Năm %s nằm ngoài chương trình (%s–%s)."
STILL_BY_HAND = "Chỉ tiêu đang có số nhập tay: xóa các số đó trước khi đổi cách tính."
NOT_BY_HAND = "Chỉ tiêu này được tính từ đề án, không nhập tay."


@track(exclude=["version"])
class ProgrammeTarget(models.Model):
    """A target of a programme (chỉ tiêu, mục tiêu), for its whole period or one year, and what it is measured by.

    Money is in đồng. A target without a group counts all contents.
    """

    class Relation(models.TextChoices):
        EXACT = "exact", "Một số"
        RANGE = "range", "Khoảng từ … đến …"
        ABOVE = "above", "Trên"
        ABOUT = "about", "Khoảng chừng"
        AT_MOST = "at_most", "Không quá"

    class Measure(models.TextChoices):
        INDICATOR = "indicator", "Cộng kết quả thực hiện của đề án"
        SCHEMES = "schemes", "Đếm đề án, nhiệm vụ"
        FACILITIES = "facilities", "Đếm cơ sở thụ hưởng khác nhau"
        MONEY = "money", "Kinh phí khuyến công đã cam kết"
        HAND_SUM = "hand_sum", "Nhập tay, cộng các năm"
        HAND_LAST = "hand_last", "Nhập tay, lấy số mới nhất"

    BY_HAND = (Measure.HAND_SUM, Measure.HAND_LAST)

    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name="chương trình", related_name="targets")
    group = models.ForeignKey(
        ProgrammeGroup, models.PROTECT, verbose_name="nhóm nội dung", null=True, blank=True, related_name="targets"
    )
    name = CleanCharField("chỉ tiêu", max_length=250)
    year = models.PositiveSmallIntegerField(
        "năm", null=True, blank=True, help_text="Để trống: chỉ tiêu của cả giai đoạn."
    )
    relation = models.CharField("cách ghi", max_length=8, choices=Relation, default=Relation.EXACT)
    low = models.DecimalField("số (số dưới)", max_digits=18, decimal_places=2, null=True, blank=True)
    high = models.DecimalField("số trên", max_digits=18, decimal_places=2, null=True, blank=True)
    unit = CleanCharField("đơn vị tính", max_length=40)
    measure = models.CharField("cách tính kết quả", max_length=10, choices=Measure, default=Measure.INDICATOR)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name="chỉ tiêu kết quả của đề án", null=True, blank=True
    )
    source = models.ForeignKey(
        FundingSource, models.PROTECT, verbose_name="nguồn kinh phí", null=True, blank=True, related_name="+"
    )
    counts_all = models.BooleanField(
        "tính mọi đề án trên địa bàn",
        default=False,
        help_text="Cả đề án thuộc chương trình khác, ví dụ khuyến công quốc gia.",
    )
    document = CleanCharField("văn bản giao chỉ tiêu", max_length=250, blank=True)
    note = CleanTextField("ghi chú", blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_illustrative = models.BooleanField("số liệu minh họa", default=False, editable=False)
    version = models.PositiveIntegerField("lần lưu", default=1, editable=False)

    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu chương trình"
        verbose_name_plural = "chỉ tiêu chương trình"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "group", "name", "year", "source"],
                name="programme_target_once",
                nulls_distinct=False,
                violation_error_code="programme_target_once",
                violation_error_message="Chương trình đã có chỉ tiêu này.",
            ),
            models.CheckConstraint(
                name="programme_target_bounds",
                condition=Q(relation__in=["exact", "above", "about"], low__isnull=False, high__isnull=True)
                | Q(relation="range", low__isnull=False, high__isnull=False, high__gt=F("low"))
                | Q(relation="at_most", low__isnull=True, high__isnull=False),
                violation_error_code="programme_target_bounds",
                violation_error_message=BOUNDED,
            ),
            constraints.not_negative("programme_target", "low", "Số dưới"),
            constraints.not_negative("programme_target", "high", "Số trên"),
            constraints.not_blank("programme_target", "name", "Nhập tên chỉ tiêu."),
            models.CheckConstraint(
                name="programme_target_indicator_of_measure",
                condition=Q(measure="indicator", indicator__isnull=False)
                | ~Q(measure="indicator") & Q(indicator__isnull=True),
                violation_error_code="programme_target_indicator_of_measure",
                violation_error_message="Chọn chỉ tiêu kết quả khi cộng kết quả của đề án; cách tính khác thì để trống.",
            ),
            models.CheckConstraint(
                name="programme_target_source_of_money",
                condition=Q(source__isnull=True) | Q(measure="money"),
                violation_error_code="programme_target_source_of_money",
                violation_error_message="Chỉ chỉ tiêu kinh phí mới chọn nguồn.",
            ),
        ]
        triggers = [
            before(
                "target_of_programme",
                pgtrigger.Insert | pgtrigger.Update,
                f"""
                IF NEW.group_id IS NOT NULL AND NEW.programme_id <>
                    (SELECT programme_id FROM programmes_programmegroup WHERE id = NEW.group_id)
                THEN {refuse("target_group_of_programme", OTHER_GROUP)} END IF;
                SELECT first_year, last_year INTO period FROM programmes_programme WHERE id = NEW.programme_id;
                IF NEW.year NOT BETWEEN period.first_year AND period.last_year THEN
                    {refuse("target_year_of_programme", OTHER_YEAR, "NEW.year", "period.first_year", "period.last_year")}
                END IF;
                IF NEW.measure NOT IN ('hand_sum', 'hand_last')
                    AND EXISTS (SELECT 1 FROM programmes_targetfigure WHERE target_id = NEW.id)
                THEN {refuse("target_still_by_hand", STILL_BY_HAND)} END IF;
                """,
                declare=[("period", "RECORD")],
            ),
            before("target_counts_versions", pgtrigger.Update, "NEW.version := OLD.version + 1;"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("programmes:programme-detail", args=[self.programme_id])

    @property
    def is_by_hand(self):
        """No record measures it: people type its figure."""
        return self.measure in self.BY_HAND


@track()
class TargetFigure(models.Model):
    """What one year gave for a target that no record can measure, with where the number comes from."""

    target = models.ForeignKey(ProgrammeTarget, models.CASCADE, verbose_name="chỉ tiêu", related_name="figures")
    year = models.PositiveSmallIntegerField("năm")
    value = models.DecimalField("kết quả", max_digits=18, decimal_places=2)
    note = CleanCharField("nguồn số liệu", max_length=250)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả nhập tay"
        verbose_name_plural = "kết quả nhập tay"
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "year"],
                name="target_figure_once",
                violation_error_code="target_figure_once",
                violation_error_message="Năm này đã có kết quả.",
            ),
            constraints.not_negative("target_figure", "value", "Kết quả"),
            constraints.not_blank("target_figure", "note", "Ghi nguồn số liệu, ví dụ: báo cáo năm 2023 của Sở."),
        ]
        triggers = [
            before(
                "figure_of_target",
                pgtrigger.Insert | pgtrigger.Update,
                f"""
                SELECT target.measure, programme.first_year, programme.last_year INTO found
                    FROM programmes_programmetarget target JOIN programmes_programme programme
                    ON programme.id = target.programme_id WHERE target.id = NEW.target_id;
                IF found.measure NOT IN ('hand_sum', 'hand_last') THEN {refuse("figure_by_hand", NOT_BY_HAND)} END IF;
                IF NEW.year NOT BETWEEN found.first_year AND found.last_year THEN
                    {refuse("figure_year_of_programme", OTHER_YEAR, "NEW.year", "found.first_year", "found.last_year")}
                END IF;
                """,
                declare=[("found", "RECORD")],
            )
        ]

    def __str__(self):
        return f"{self.target}, năm {self.year}"
