"""What the database refused, as a sentence for a person and a name for a program."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import DatabaseError

CHECK_VIOLATION = "23514"
LOCK_NOT_AVAILABLE = "55P03"
GENERAL = "Dữ liệu không hợp lệ nên chưa được lưu. Hãy kiểm tra lại các ô vừa nhập."
BUSY = "Người khác đang lưu cùng hồ sơ này. Hãy thử lại sau vài giây; nội dung đã gõ vẫn còn."


class RefusedError(Exception):
    """A service's own refusal: a Vietnamese sentence, and the rule's name when a form should place it."""

    def __init__(self, sentence, code=""):
        super().__init__(sentence)
        self.refusal = Refusal(sentence, code)


@dataclass(frozen=True)
class Refusal:
    """`sentence` is shown to a person; `code` is the constraint's or trigger's name, '' when unknown."""

    sentence: str
    code: str = ""


@cache
def _sentences():
    """Constraint name -> Vietnamese sentence, over all our models."""
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }


def explain(error) -> Refusal:
    """The refusal behind an exception of a service or of the database."""
    if isinstance(error, RefusedError):
        return error.refusal
    diagnosis = getattr(error.__cause__, "diag", None) if isinstance(error, DatabaseError) else None
    if diagnosis is None:
        return Refusal(GENERAL)
    name = diagnosis.constraint_name or ""
    if name in _sentences():
        return Refusal(_sentences()[name], name)
    if diagnosis.sqlstate == LOCK_NOT_AVAILABLE:
        return Refusal(BUSY, "busy")
    if name and diagnosis.sqlstate == CHECK_VIOLATION:
        return Refusal(diagnosis.message_primary, name)
    return Refusal(GENERAL, name)
