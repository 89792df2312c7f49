"""One step for many rows, each in a transaction of its own, each with its answer."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse

from khuyencong.forms import saving
from khuyencong.refusals import Refusal

MOST = 200
TOO_MANY = f"Mỗi lần chọn không quá {MOST} dòng. Hãy lọc bớt rồi làm từng phần."


@dataclass
class Outcome:
    """What became of one row; `refusal` is None when the step was done. Stands in for the form of `saving`."""

    row: Any
    refusal: Refusal | None = None

    def add_refusal(self, refusal):
        self.refusal = refusal

    @property
    def why_not(self):
        """'không được, vì …'"""
        sentence = self.refusal.sentence
        return f"không được, vì {sentence[0].lower()}{sentence[1:]}"


def apply_to_each(rows, step) -> list[Outcome]:
    """`step(row)` for each; a refusal undoes that row only."""
    outcomes = [Outcome(row) for row in rows]
    for outcome in outcomes:
        with saving(outcome):
            step(outcome.row)
    return outcomes


def versions_on_screen(data):
    """{pk: version} of the rows that the confirming page showed, from its hidden `row` fields '12:3'."""
    pairs = (value.partition(":") for value in data.getlist("row"))
    return {int(pk): int(version) for pk, _, version in pairs if pk.isdecimal() and version.isdecimal()}


class BulkStepsMixin:
    """Admin actions that ask once, then do one step row by row and report each."""

    def run_step(self, request, selected, step, *, action, label, done, form=None, survey=None):
        """`step(row, version)` for each row, once confirmed. `form` (optional) asks what holds for all of them.

        `survey(rows)` (optional) tells the confirming page what each row is about and what stands against it.
        """
        confirmed, versions = "confirmed" in request.POST, versions_on_screen(request.POST)
        # Once confirmed: the rows that were on screen, whatever filter the list has and whatever became of them.
        found = self.get_queryset(request).filter(pk__in=versions) if confirmed else selected
        rows = list(found.order_by("pk")[: MOST + 1])
        for row in rows:  # an error keeps what was on screen first: what changed since then is refused, not taken over
            row.version = versions.get(row.pk, getattr(row, "version", 0))
        if len(rows) > MOST:
            messages.error(request, TOO_MANY)
            return None
        context = self.admin_site.each_context(request) | {"opts": self.opts, "title": f"{label}: {len(rows)} mục"}
        if not confirmed or (form and not form.is_valid()):
            context |= {"rows": rows, "form": form, "action": action, "label": label, "checkbox": ACTION_CHECKBOX_NAME}
            context["survey"] = survey(rows) if survey else None
            return TemplateResponse(request, "admin/bulk_confirm.html", context)
        outcomes = apply_to_each(rows, lambda row: step(row, versions[row.pk]))
        return TemplateResponse(request, "admin/bulk_result.html", context | {"outcomes": outcomes, "done": done})
