"""What facilities do."""

from django.db import models

from khuyencong.fields import CleanCharField
from khuyencong.history import track


@track()
class Trade(models.Model):
    """A trade that khuyến công may support (NĐ 45/2012 Đ5), by its clause."""

    code = models.CharField("mã", max_length=10, unique=True)
    name = CleanCharField("tên ngành nghề", max_length=200)
    legal_basis = CleanCharField("căn cứ", max_length=200, blank=True)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "ngành nghề"
        verbose_name_plural = "ngành nghề"
        ordering = ["code"]

    def __str__(self):
        return self.name
