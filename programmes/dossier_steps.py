"""The steps for which papers are asked, and which of them wait for their papers."""

from django.db import models

from programmes.enums import Status


class Step(models.TextChoices):
    """A step of a scheme that the law asks papers for (TT 36/2013 Đ5-Đ17), in the order in which they come."""

    SUBMIT = "submit", "Gửi thẩm định"
    APPRAISE = "appraise", "Thẩm định cấp cơ sở"
    REGISTER = "register", "Đăng ký với Cục"
    MINISTRY = "ministry", "Cục thẩm định"
    APPROVE = "approve", "Phê duyệt"
    CONTRACT = "contract", "Ký hợp đồng"
    DETAIL = "detail", "Duyệt kế hoạch chi tiết"
    START = "start", "Bắt đầu thực hiện"
    ADVANCE = "advance", "Tạm ứng lần đầu"
    ACCEPT = "accept", "Nghiệm thu"
    REMAINDER = "remainder", "Tạm ứng phần còn lại"
    LIQUIDATE = "liquidate", "Thanh lý hợp đồng"
    SETTLE = "settle", "Quyết toán"
    CLOSE = "close", "Kết thúc"


# The status that a scheme reaches by a step; payments change no status, so nothing of the workflow waits for them.
TARGETS = {
    Step.SUBMIT: Status.SUBMITTED,
    Step.APPRAISE: Status.APPRAISED,
    Step.REGISTER: Status.REGISTERED,
    Step.MINISTRY: Status.MINISTRY,
    Step.APPROVE: Status.APPROVED,
    Step.CONTRACT: Status.CONTRACTED,
    Step.DETAIL: Status.DETAILED,
    Step.START: Status.IN_PROGRESS,
    Step.ACCEPT: Status.ACCEPTED,
    Step.LIQUIDATE: Status.LIQUIDATED,
    Step.SETTLE: Status.SETTLED,
    Step.CLOSE: Status.CLOSED,
}
STEP_OF = {status: step for step, status in TARGETS.items()}
