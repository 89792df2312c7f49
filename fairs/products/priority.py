"""A product with a certificate in force puts its facility first when support is given (TT 36/2013 Đ7)."""

from django.db.models import Q
from django.utils import timezone

from facilities import priority
from fairs.models import Certificate
from fairs.products.holders import certificates_of
from fairs.products.standing import HOLDER

CODE, WORDS = "certified", "Có sản phẩm CNNT tiêu biểu"


def register():
    priority.KNOWN_ABOVE[priority.CERTIFIED] = certified
    priority.HOLDERS[CODE] = (WORDS, rows)


def certified(facility):
    """(state, how) of today: the certificate of the highest level, of the facility or of one merged into it."""
    if facility.pk is None:
        return False, "cơ sở chưa có giấy chứng nhận"
    valid = certificates_of(facility).valid_on(timezone.localdate()).select_related("round__level", "entry__product")
    best = valid.order_by("-round__level__rank", "-valid_to", "-pk").first()
    if best is None:
        return False, "không có giấy chứng nhận còn giá trị"
    product, level = best.entry.product.name, best.round.level.name.lower()
    return True, f"“{product}”, {level}, giấy chứng nhận số {best.number} đến {best.valid_to:%d/%m/%Y}"


def rows() -> Q:
    """Facilities that hold one today; a merged one counts for the one that was kept."""
    valid = Certificate.objects.order_by().valid_on(timezone.localdate()).annotate(holder=HOLDER)
    return Q(pk__in=valid.values("holder"))
