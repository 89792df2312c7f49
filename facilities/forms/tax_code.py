"""Tax codes as people type and paste them (TT 86/2024/TT-BTC: 10, 10-3 or 12 digits)."""

import re

from django.core.exceptions import ValidationError
from stdnum.vn import mst

from facilities.models import TAX_CODE

LOST_ZERO = "Mã số thuế thiếu số 0 ở đầu (Excel hay làm mất). Có phải là {code}?"
OTHER_CHECKSUM = (
    "Số kiểm tra của mã số thuế không khớp. Xem lại giấy đăng ký; nếu đúng như vậy, đánh dấu ô xác nhận rồi lưu."
)


def read(typed) -> str:
    """The code without spaces and dots, its dash in place; ValidationError when a zero in front was lost."""
    code = re.sub(r"[\s.]", "", typed)
    code = re.sub(r"^(\d{10})(\d{3})$", r"\1-\2", code)
    restored = f"0{code}"
    if re.match(r"^(\d{9}|\d{9}-\d{3}|\d{11})$", code) and (len(restored) == 12 or mst.is_valid(restored)):
        raise ValidationError(LOST_ZERO.format(code=restored), code="lost_zero")
    return code


def is_doubtful(code) -> bool:
    """Of the right form but with another checksum: personal numbers of 12 digits have no public one."""
    return bool(re.match(TAX_CODE, code)) and len(code) != 12 and not mst.is_valid(code)
