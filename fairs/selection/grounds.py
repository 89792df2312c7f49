"""On what a product may come to a round: a certificate of the level below, or a reason to come without (TT 26/2014 Đ12.2)."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from fairs.models import Certificate, Product, SelectionLevel, SelectionRound

FIRST = "Đây là cấp đầu tiên: không cần giấy chứng nhận cấp dưới."
CHOOSE = "Chọn giấy chứng nhận của {lower} còn giá trị ngày {day}."
NEEDED = "Sản phẩm chưa có giấy chứng nhận của {lower} còn giá trị ngày {day}, nên chưa đăng ký được {level} (TT 26/2014 Đ12.2)."
HELD = (
    "{place} có tổ chức kỳ bình chọn {lower} trong đợt này, nên sản phẩm cần giấy chứng nhận của cấp đó; "
    "hiện chưa có giấy nào còn giá trị ngày {day}."
)
SKIP = "Sản phẩm chưa có giấy chứng nhận của {lower}. Nơi sản xuất không tổ chức kỳ bình chọn đó thì ghi rõ lý do."


@dataclass(frozen=True, slots=True)
class Ground:
    """What the product needs on `day`. `lower`: the level next below, None at the first; `held`: its round at the maker's place."""

    level: SelectionLevel
    lower: SelectionLevel | None
    certificates: list[Certificate]
    held: SelectionRound | None
    day: date

    @property
    def may_skip(self):
        """A reason may stand instead of a certificate."""
        return self.lower is not None and self.lower.may_be_skipped and self.held is None

    @property
    def is_open(self):
        """The product may be registered."""
        return self.lower is None or bool(self.certificates) or self.may_skip

    @property
    def sentence(self):
        """What to do, or why it cannot be done."""
        if self.lower is None:
            return FIRST
        words = {"lower": self.lower.name.lower(), "level": self.level.name.lower(), "day": f"{self.day:%d/%m/%Y}"}
        if self.certificates:
            return CHOOSE.format(**words)
        if self.held:
            return HELD.format(place=capfirst(self.held.unit.full_name), **words)
        return (SKIP if self.lower.may_be_skipped else NEEDED).format(**words)


def ground_for(round: SelectionRound, product: Product, day: date) -> Ground:
    """Three queries; as the database will judge it."""
    levels = SelectionLevel.objects.on(day).filter(rank__lt=round.level.rank, is_active=True)
    lower = levels.order_by("-rank").first()
    certificates = Certificate.objects.filter(entry__product=product, round__level__rank__lt=round.level.rank)
    if lower:
        certificates = certificates.filter(round__level__rank__gte=lower.rank)
    held = lower and SelectionRound.objects.filter(
        cycle=round.cycle_id, level=lower, unit__isnull=False, unit=product.facility.former_district_id
    )
    return Ground(
        level=round.level,
        lower=lower,
        certificates=list(certificates.valid_on(day).for_list().order_by("-valid_to", "pk")) if lower else [],
        held=held.select_related("unit").first() if held is not None else None,
        day=day,
    )
