"""What law and offices give to fairs and selection: levels, regions, points, validity, papers. Rows with dates."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fairs.enums import Reach
from khuyencong import constraints
from khuyencong.fields import CleanCharField
from khuyencong.history import track
from khuyencong.models import Province
from khuyencong.models.places import DatedQuerySet


class Dated(models.Model):
    """From one day to another, by a document that was verified or is to be looked at ("cần kiểm tra")."""

    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True, help_text="Để trống nếu còn hiệu lực.")
    document = CleanCharField("văn bản", max_length=150)
    clause = CleanCharField("điều khoản", max_length=60, blank=True)
    is_verified = models.BooleanField("đã kiểm chứng", default=False)
    note = CleanCharField("ghi chú", max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def source(self):
        """'TT 26/2014/TT-BCT, Điều 17'."""
        return ", ".join(part for part in (self.document, self.clause) if part)


def _in_order(name):
    return constraints.dates_in_order(name, "valid_from", "valid_to", "Ngày cuối không được trước ngày đầu.")


@track()
class SelectionLevel(Dated):
    """A level at which products are selected (TT 26/2014 Đ3, Đ6.2): the district's until 30/6/2025, then the province's on.

    A product registers with a valid certificate of the level next below (`rank`) in force that day; where that level
    `may_be_skipped`, a round that was not held there is a ground to come without one (Đ12.2.d).
    """

    code = models.SlugField("mã", max_length=20)
    name = CleanCharField("tên cấp", max_length=60)
    rank = models.PositiveSmallIntegerField("bậc", help_text="1 là cấp đầu tiên.")
    reach = models.CharField("phạm vi một kỳ", max_length=10, choices=Reach)
    may_be_skipped = models.BooleanField("được bỏ qua khi không tổ chức", default=False)
    council_sizes = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name="số thành viên hội đồng", help_text="Ví dụ: 7,9."
    )
    signer = CleanCharField("người ký giấy chứng nhận", max_length=100)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "cấp bình chọn"
        verbose_name_plural = "cấp bình chọn"
        ordering = ["rank", "-valid_from"]
        constraints = [
            _in_order("selection_level"),
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="selection_level_once",
                violation_error_code="selection_level_once",
                violation_error_message="Cấp này đã có dòng bắt đầu cùng ngày.",
            ),
            models.CheckConstraint(
                name="selection_level_rank_given",
                condition=Q(rank__gte=1, rank__lte=9),
                violation_error_code="selection_level_rank_given",
                violation_error_message="Bậc từ 1 đến 9.",
            ),
        ]

    def __str__(self):
        return self.name


@track()
class SelectionRegion(models.Model):
    """A region of selection (TT 26/2014 Đ3.1.c): North, Centre and Highlands, South."""

    code = models.SlugField("mã", max_length=20, unique=True)
    name = CleanCharField("tên khu vực", max_length=80)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "khu vực bình chọn"
        verbose_name_plural = "khu vực bình chọn"
        ordering = ["position", "code"]

    def __str__(self):
        return self.name


@track()
class ProvinceRegion(Dated):
    """In which region a province selects, from one day on. A province merged across regions has a row for each of them.

    The list of TT 26/2014 names provinces of before 1/7/2025; rows of today's provinces follow from what merged into
    them and are to be looked at: new Lâm Đồng lies in two regions, and a person chooses.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="regions", verbose_name="tỉnh, thành phố")
    region = models.ForeignKey(SelectionRegion, models.PROTECT, related_name="provinces", verbose_name="khu vực")

    class Meta:
        verbose_name = "khu vực của tỉnh"
        verbose_name_plural = "khu vực của tỉnh"
        ordering = ["region__position", "province__sort_key", "-valid_from"]
        constraints = [
            _in_order("province_region"),
            models.UniqueConstraint(
                fields=["province", "region", "valid_from"],
                name="province_region_once",
                violation_error_code="province_region_once",
                violation_error_message="Tỉnh này đã có dòng của khu vực đó từ cùng ngày.",
            ),
        ]

    def __str__(self):
        return f"{self.province} – {self.region}"


@track()
class ScoreScale(Dated):
    """The most points of each of the four criteria (TT 26/2014 Đ7), together 100, and the average that passes (Đ17.1).

    The marks of Phụ lục 3 could not be read: the rows are defaults that an office corrects.
    """

    market_most = models.DecimalField("thị trường, khả năng phát triển", max_digits=5, decimal_places=2)
    economic_most = models.DecimalField("kinh tế, kỹ thuật, xã hội, môi trường", max_digits=5, decimal_places=2)
    cultural_most = models.DecimalField("văn hóa, thẩm mỹ", max_digits=5, decimal_places=2)
    other_most = models.DecimalField("tiêu chí khác", max_digits=5, decimal_places=2)
    pass_mark = models.DecimalField("điểm đạt", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "thang điểm"
        verbose_name_plural = "thang điểm"
        ordering = ["-valid_from", "pk"]
        constraints = [
            _in_order("score_scale"),
            models.UniqueConstraint(
                fields=["valid_from"],
                name="score_scale_once",
                violation_error_code="score_scale_once",
                violation_error_message="Đã có thang điểm bắt đầu cùng ngày.",
            ),
            models.CheckConstraint(
                name="score_scale_is_hundred",
                condition=Q(market_most__gte=0, economic_most__gte=0, cultural_most__gte=0, other_most__gte=0)
                & Q(pass_mark__gt=0, pass_mark__lte=100)
                & Q(market_most=100 - F("economic_most") - F("cultural_most") - F("other_most")),
                violation_error_code="score_scale_is_hundred",
                violation_error_message="Điểm tối đa của bốn tiêu chí phải cộng thành 100, điểm đạt từ trên 0 đến 100.",
            ),
        ]

    def __str__(self):
        return f"Thang điểm từ {self.valid_from:%d/%m/%Y}"


@track()
class CertificateRule(Dated):
    """How long a certificate issued from one day on is valid: to 31/12 of that many years, its own included (Đ17.3)."""

    years = models.PositiveSmallIntegerField("số năm", help_text="Tính cả năm cấp là năm thứ nhất.")

    class Meta:
        verbose_name = "thời hạn giấy chứng nhận"
        verbose_name_plural = "thời hạn giấy chứng nhận"
        ordering = ["-valid_from", "pk"]
        constraints = [
            _in_order("certificate_rule"),
            models.UniqueConstraint(
                fields=["valid_from"],
                name="certificate_rule_once",
                violation_error_code="certificate_rule_once",
                violation_error_message="Đã có thời hạn bắt đầu cùng ngày.",
            ),
            models.CheckConstraint(
                name="certificate_rule_years_given",
                condition=Q(years__gte=1, years__lte=20),
                violation_error_code="certificate_rule_years_given",
                violation_error_message="Thời hạn từ 1 đến 20 năm.",
            ),
        ]

    def __str__(self):
        return f"{self.years} năm (từ {self.valid_from:%d/%m/%Y})"


@track()
class ForeignFairRule(Dated):
    """How often in a year a facility may be supported to attend fairs abroad (TT 46/2012 Đ4.1.b: twice)."""

    most = models.PositiveSmallIntegerField("số lần nhiều nhất trong năm")

    class Meta:
        verbose_name = "giới hạn hội chợ nước ngoài"
        verbose_name_plural = "giới hạn hội chợ nước ngoài"
        ordering = ["-valid_from", "pk"]
        constraints = [
            _in_order("foreign_fair_rule"),
            models.UniqueConstraint(
                fields=["valid_from"],
                name="foreign_fair_rule_once",
                violation_error_code="foreign_fair_rule_once",
                violation_error_message="Đã có giới hạn bắt đầu cùng ngày.",
            ),
        ]

    def __str__(self):
        return f"{self.most} lần/năm (từ {self.valid_from:%d/%m/%Y})"


@track()
class EntryItem(Dated):
    """A paper that the law asks of a product's registration dossier (TT 26/2014 Đ12); of every level when it names none."""

    code = models.SlugField("mã gốc", max_length=60, unique=True, null=True, blank=True, editable=False)
    name = CleanCharField("thành phần hồ sơ", max_length=250)
    above_first = models.BooleanField(
        "chỉ cấp trên", default=False, help_text="Chỉ hỏi khi hồ sơ dựa vào giấy chứng nhận của cấp dưới."
    )
    is_required = models.BooleanField("bắt buộc", default=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "thành phần hồ sơ bình chọn"
        verbose_name_plural = "thành phần hồ sơ bình chọn"
        ordering = ["position", "pk"]
        constraints = [
            _in_order("entry_item"),
            constraints.not_blank("entry_item", "name", "Nhập tên giấy tờ."),
            models.UniqueConstraint(
                fields=["name", "document", "valid_from"],
                name="entry_item_once",
                violation_error_code="entry_item_once",
                violation_error_message="Thành phần hồ sơ này của văn bản đã có.",
            ),
        ]

    def __str__(self):
        return self.name
