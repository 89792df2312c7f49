"""What the portal tells people, and how each wants to be told."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khuyencong import constraints, scope
from khuyencong.fields import CleanCharField
from khuyencong.history import track


class NoticeKind(models.TextChoices):
    SENT = "sent", "Đề án gửi đến chờ thẩm định"
    DECIDED = "decided", "Kết quả xử lý đề án đã gửi"
    ASSIGNED = "assigned", "Được giao thụ lý"
    DUE_SOON = "due_soon", "Sắp đến hạn"
    OVERDUE = "overdue", "Quá hạn"
    PERIODIC = "periodic", "Báo cáo, quyết toán, theo dõi định kỳ"
    DELEGATION = "delegation", "Ủy quyền khi vắng mặt"


class Mail(models.TextChoices):
    """How a notice goes out by mail."""

    AT_ONCE = "at_once", "Gửi ngay"
    DAILY = "daily", "Gộp mỗi ngày một thư"
    NEVER = "never", "Không gửi"


class OfPeopleQuerySet(scope.ScopedQuerySet):
    province_field = "user__province"


class NoticeQuerySet(OfPeopleQuerySet):
    def in_portal(self):
        """What the bell and the list show."""
        return self.filter(in_portal=True)

    def unread(self):
        return self.in_portal().filter(read_at__isnull=True)

    def to_mail(self, mail):
        """Not yet mailed, to people who work here and have an address; not what was read in the portal meanwhile."""
        return self.filter(mail=mail, mailed_at__isnull=True, read_at__isnull=True, user__is_active=True).exclude(
            user__email=""
        )


class Notice(models.Model):
    """One thing that one person was told, once: the same `key` is not told twice. Written by the portal, not by people."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="người nhận"
    )
    kind = models.CharField("loại", max_length=12, choices=NoticeKind)
    title = CleanCharField("nội dung", max_length=300)
    url = models.CharField("địa chỉ", max_length=300, help_text="Đường dẫn trong cổng, bắt đầu bằng dấu gạch chéo.")
    key = models.CharField("khóa", max_length=120)
    in_portal = models.BooleanField("hiện trong cổng", default=True)
    mail = models.CharField("gửi thư", max_length=8, choices=Mail, default=Mail.DAILY)
    created_at = models.DateTimeField("lúc", auto_now_add=True)
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)
    mailed_at = models.DateTimeField("gửi thư lúc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_list"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at__isnull=True, in_portal=True)),
            models.Index(fields=["mail"], name="notice_to_mail", condition=Q(mailed_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="notice_once",
                violation_error_code="notice_once",
                violation_error_message="Người này đã được báo việc này.",
            ),
            constraints.not_blank("notice", "title", "Thông báo phải có nội dung."),
            models.CheckConstraint(
                name="notice_url_within",
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"),
                violation_error_code="notice_url_within",
                violation_error_message="Thông báo chỉ dẫn đến trang của cổng.",
            ),
            models.CheckConstraint(
                name="notice_read_after_told",
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("created_at")),
                violation_error_code="notice_read_after_told",
                violation_error_message="Thông báo không thể được đọc trước khi có.",
            ),
        ]

    def __str__(self):
        return self.title


@track()
class NoticePreference(models.Model):
    """How one person wants to be told of one kind of thing; without a row: in the portal, and one mail a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences", verbose_name="người nhận"
    )
    kind = models.CharField("loại", max_length=12, choices=NoticeKind)
    in_portal = models.BooleanField("hiện trong cổng", default=True)
    mail = models.CharField("gửi thư", max_length=8, choices=Mail, default=Mail.DAILY)

    objects = OfPeopleQuerySet.as_manager()

    class Meta:
        verbose_name = "cách nhận thông báo"
        verbose_name_plural = "cách nhận thông báo"
        ordering = ["user", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="notice_preference_once",
                violation_error_code="notice_preference_once",
                violation_error_message="Mỗi người chỉ chọn một cách nhận cho một loại thông báo.",
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.get_kind_display()}"
