"""The states of a scheme and the only ways from one to the next."""

from dataclasses import dataclass

from django.db import models

from khuyencong.enums import Role


class Level(models.TextChoices):
    """Who manages the scheme (TT 46/2012 Đ2)."""

    NATIONAL = "national", "Quốc gia"
    LOCAL = "local", "Địa phương"


class Kind(models.TextChoices):
    SCHEME = "scheme", "Đề án"
    TASK = "task", "Nhiệm vụ"


class Selection(models.TextChoices):
    """How the one who carries it out is found (TT 36/2013 Đ3)."""

    CHOICE = "choice", "Xét chọn"
    BIDDING = "bidding", "Đấu thầu"


class Status(models.TextChoices):
    """Where a scheme stands (domain page section 4.11). Payments and adjustments are events, not statuses."""

    DRAFT = "draft", "Bản nháp"
    SUBMITTED = "submitted", "Chờ thẩm định"
    RETURNED = "returned", "Trả lại bổ sung"
    REJECTED = "rejected", "Không phê duyệt"
    APPRAISED = "appraised", "Đã thẩm định cấp cơ sở"
    REGISTERED = "registered", "Đã đăng ký với Cục"
    MINISTRY = "ministry", "Cục đã thẩm định"
    APPROVED = "approved", "Đã phê duyệt"
    CONTRACTED = "contracted", "Đã ký hợp đồng"
    DETAILED = "detailed", "Đã duyệt kế hoạch chi tiết"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    ACCEPTED = "accepted", "Đã nghiệm thu"
    LIQUIDATED = "liquidated", "Đã thanh lý hợp đồng"
    SETTLED = "settled", "Đã quyết toán"
    CLOSED = "closed", "Đã kết thúc"
    TERMINATED = "terminated", "Đã dừng thực hiện"


@dataclass(frozen=True)
class Transition:
    """One lawful step: its verb, from where, to where, by which role, what the button says."""

    verb: str
    source: tuple[Status, ...]
    target: Status
    role: Role
    label: str


TRANSITIONS = (
    Transition("submit", (Status.DRAFT, Status.RETURNED), Status.SUBMITTED, Role.STAFF, "Gửi thẩm định"),
    Transition("withdraw", (Status.SUBMITTED,), Status.DRAFT, Role.STAFF, "Rút lại"),
    Transition("approve", (Status.SUBMITTED,), Status.APPROVED, Role.REVIEWER, "Phê duyệt"),
    Transition("return", (Status.SUBMITTED,), Status.RETURNED, Role.REVIEWER, "Trả lại bổ sung"),
    Transition("reject", (Status.SUBMITTED,), Status.REJECTED, Role.REVIEWER, "Không phê duyệt"),
    Transition("start", (Status.APPROVED,), Status.IN_PROGRESS, Role.STAFF, "Bắt đầu thực hiện"),
    Transition("accept", (Status.IN_PROGRESS,), Status.ACCEPTED, Role.STAFF, "Ghi nghiệm thu"),
    Transition("settle", (Status.ACCEPTED,), Status.SETTLED, Role.REVIEWER, "Quyết toán"),
)
BY_VERB = {transition.verb: transition for transition in TRANSITIONS}
EDITABLE = (Status.DRAFT, Status.RETURNED)
DECIDED = (Status.APPROVED, Status.IN_PROGRESS, Status.ACCEPTED, Status.SETTLED)
TONES = {
    Status.SUBMITTED: "wait",
    Status.RETURNED: "bad",
    Status.REJECTED: "bad",
    Status.ACCEPTED: "good",
    Status.SETTLED: "good",
}
