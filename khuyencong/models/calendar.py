"""Days on which offices work or not, and the same arithmetic in SQL for triggers (`khuyencong.calendar` in Python)."""

from django.db import models
from django.db.models import Q

from khuyencong import constraints
from khuyencong.fields import CleanCharField
from khuyencong.history import track


@track()
class Holiday(models.Model):
    """A day that is not as its day of the week says: a day off, or a Saturday or Sunday worked instead of another day.

    Holds for the whole country (Bộ luật Lao động 2019 Đ111, Đ112; swapped days by decision of each year).
    """

    day = models.DateField("ngày", unique=True, error_messages={"unique": "Ngày này đã có trong lịch."})
    name = CleanCharField("tên", max_length=100)
    is_working = models.BooleanField(
        "ngày làm việc", default=False, help_text="Thứ Bảy, Chủ nhật làm bù. Không đánh dấu: ngày nghỉ."
    )
    document = CleanCharField("văn bản", max_length=150)
    is_verified = models.BooleanField(
        "đã kiểm chứng", default=False, help_text="Đã đối chiếu với văn bản. Chưa đánh dấu: cần kiểm tra."
    )

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ["-day"]
        constraints = [
            constraints.not_blank("holiday", "name", "Nhập tên ngày nghỉ."),
            constraints.not_blank("holiday", "document", "Nhập văn bản quy định."),
            models.CheckConstraint(
                name="holiday_worked_at_weekend",
                condition=Q(is_working=False) | Q(day__iso_week_day__gte=6),
                violation_error_code="holiday_worked_at_weekend",
                violation_error_message="Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.",
            ),
        ]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.name}"


def working_day_sql(day, number):
    """SQL: the `number`-th working day after the date `day`; both are SQL, `number` at least 1."""
    return f"""(SELECT one::date FROM generate_series({day} + 1, {day} + 2 * ({number}) + 60, interval '1 day') one
        LEFT JOIN khuyencong_holiday off ON off.day = one::date
        WHERE coalesce(off.is_working, extract(isodow FROM one) < 6) ORDER BY one LIMIT 1 OFFSET ({number}) - 1)"""
