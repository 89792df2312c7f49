"""What a person may do next with a scheme: one obvious action, the others beside it."""

from dataclasses import dataclass, replace

from django.urls import reverse

from programmes import workflow
from programmes.enums import AGREED, UNDER_REVIEW, Status, Verb

RECORDED_IN = (Status.IN_PROGRESS, Status.ACCEPTED, Status.LIQUIDATED)
SETTLED_IN = (Status.ACCEPTED, Status.LIQUIDATED)
PLANNED_IN = (Status.APPROVED, Status.CONTRACTED)


@dataclass(frozen=True, slots=True)
class Action:
    """A button; `key` is a verb or the name of other work. With `dialog` {title, text, reason} it asks, then posts."""

    key: str
    label: str
    url: str
    dialog: dict | None = None
    tone: str = ""


DIALOGS = {  # verb: the address it posts to, the question, what will happen
    Verb.SUBMIT: (
        "scheme-submit",
        "Gửi đề án này đi thẩm định?",
        "Sau khi gửi không sửa được nội dung, trừ khi rút lại hoặc được trả lại.",
    ),
    Verb.WITHDRAW: (
        "scheme-withdraw",
        "Rút lại đề án này?",
        "Đề án trở về bản nháp để sửa; lần gửi trước vẫn còn trong lịch sử.",
    ),
    Verb.START: ("scheme-start", "Ghi đề án bắt đầu thực hiện?", ""),
}
UNANSWERED = "Còn {} ý kiến thẩm định chưa có giải trình. "
MAIN = {
    Status.APPROVED: Verb.CONTRACT,
    Status.IN_PROGRESS: Verb.ACCEPT,
}


def actions(scheme, user) -> list[Action]:
    """The buttons of the scheme's page, the main one last. At most three queries."""
    steps = [step for step in workflow.steps_from(scheme) if step.role == user.role]
    if user.has_perm("programmes.decide_scheme"):
        return [_decide(scheme)] if steps else []
    if not user.has_perm("programmes.change_scheme"):
        return []
    found = [*_work(scheme, user), *(_step(scheme, step) for step in steps)]
    main = _main(scheme, found)
    marked = [replace(one, tone="main") for one in found if one.key == main]
    return [*(one for one in found if one.key != main), *marked]


def _address(name, scheme):
    return reverse(f"programmes:{name}", args=[scheme.pk])


def _decide(scheme):
    label = "Thẩm định" if scheme.status in UNDER_REVIEW else "Xử lý"
    label = "Duyệt quyết toán" if scheme.status in SETTLED_IN else label
    return Action("decide", label, reverse("admin:programmes_scheme_change", args=[scheme.pk]), tone="main")


def _work(scheme, user):
    """What is done within a state, without a step."""
    if scheme.is_editable:
        yield Action("edit", "Sửa", _address("scheme-edit", scheme))
    if scheme.status == Status.DRAFT and user.has_perm("programmes.delete_scheme"):
        text = "Chỉ bản nháp mới xóa được. Lịch sử vẫn ghi ai đã xóa."
        dialog = {"title": "Xóa bản nháp này?", "text": text, "reason": ""}
        yield Action("delete", "Xóa bản nháp", _address("scheme-delete", scheme), dialog, "danger")
    if scheme.is_group and scheme.status in PLANNED_IN:
        yield Action("plan", "Kế hoạch chi tiết", _address("scheme-plan", scheme))
    if scheme.status in RECORDED_IN:
        label = "Nhập số quyết toán" if scheme.status in SETTLED_IN else "Ghi kết quả"
        yield Action("record", label, _address("scheme-record", scheme))


def _step(scheme, step):
    label = Verb(step.verb).label
    if step.verb == Verb.ACCEPT:
        return Action(step.verb, label, _address("scheme-accept", scheme))
    if step.paper or step.verb not in DIALOGS:
        return Action(step.verb, label, f"{_address('scheme-step', scheme)}?verb={step.verb}")
    name, title, text = DIALOGS[step.verb]
    if step.verb == Verb.SUBMIT and (count := unanswered(scheme)):
        text = UNANSWERED.format(count) + text
    dialog = {"title": title, "text": text, "reason": "optional" if step.verb == Verb.WITHDRAW else ""}
    return Action(step.verb, label, _address(name, scheme), dialog)


def unanswered(scheme):
    """How many comments of the last sending have no answer yet."""
    return scheme.comments.filter(submitted_at=scheme.submitted_at, answer="").count() if scheme.submitted_at else 0


def _main(scheme, found):
    """The key of the one obvious next action; '' when it is another's turn. To take back or to delete is never that."""
    keys = [one.key for one in found if one.key not in {Verb.WITHDRAW, "edit", "delete"}]
    if scheme.status in SETTLED_IN:
        keys = ["record"] if scheme.funding_lines.filter(settled_amount__isnull=True).exists() else []
    if scheme.is_group and scheme.status in AGREED and "plan" in keys:
        return "plan"
    wanted = MAIN.get(scheme.status)
    return wanted if wanted in keys else (keys or [""])[-1]
