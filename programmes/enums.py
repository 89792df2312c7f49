"""Closed lists about schemes: kinds, states, and the verbs of steps."""

from django.db import models


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


class Verb(models.TextChoices):
    """What a step is called in code and on its button. Which step follows which stands in `WorkflowStep`."""

    SUBMIT = "submit", "Gửi thẩm định"
    WITHDRAW = "withdraw", "Rút lại"
    RETURN = "return", "Trả lại bổ sung"
    REJECT = "reject", "Không phê duyệt"
    APPRAISE = "appraise", "Thẩm định cấp cơ sở"
    REGISTER = "register", "Đăng ký với Cục"
    APPRAISE_NATIONAL = "appraise_national", "Ghi kết quả thẩm định của Cục"
    APPROVE = "approve", "Phê duyệt"
    CONTRACT = "contract", "Ký hợp đồng"
    DETAIL = "detail", "Duyệt kế hoạch chi tiết"
    START = "start", "Bắt đầu thực hiện"
    ACCEPT = "accept", "Ghi nghiệm thu"
    LIQUIDATE = "liquidate", "Thanh lý hợp đồng"
    UNACCEPT = "unaccept", "Hủy nghiệm thu"
    SETTLE = "settle", "Quyết toán"
    UNSETTLE = "unsettle", "Hủy quyết toán"
    CLOSE = "close", "Kết thúc"
    TERMINATE = "terminate", "Dừng thực hiện"


EDITABLE = (Status.DRAFT, Status.RETURNED)
UNDER_REVIEW = (Status.SUBMITTED, Status.APPRAISED, Status.REGISTERED, Status.MINISTRY)
AGREED = (Status.APPROVED, Status.CONTRACTED, Status.DETAILED)  # decided, not begun
FINISHED = (Status.ACCEPTED, Status.LIQUIDATED, Status.SETTLED, Status.CLOSED)
DECIDED = (*AGREED, Status.IN_PROGRESS, *FINISHED)  # what a report counts
STAMPED = (Status.RETURNED, Status.REJECTED, *DECIDED, Status.TERMINATED)  # those that carry a decision
TONES = {
    **dict.fromkeys(UNDER_REVIEW, "wait"),
    **dict.fromkeys((Status.RETURNED, Status.REJECTED, Status.TERMINATED), "bad"),
    **dict.fromkeys(FINISHED, "good"),
}
