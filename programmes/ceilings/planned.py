"""Before a decision of adjustment goes beyond a rule of support: staff write why, a reviewer confirms it in the admin."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from khuyencong.back import back_query, carrying
from khuyencong.forms import AmountField
from khuyencong.money import format_amount
from programmes import ceilings
from programmes.models.money_guards import ADJUSTABLE
from programmes.views.schemes import visible_scheme

TOO_EARLY = "Chỉ ghi lý do vượt mức dự kiến cho đề án đã phê duyệt và chưa nghiệm thu."
WITHIN = "Số này không vượt mức còn được hỗ trợ ({} đồng): không cần ghi lý do."
WRITTEN = "Đã ghi lý do. Người thẩm định xác nhận rồi mới điều chỉnh vượt mức được."


class PlannedForm(forms.Form):
    """How much a facility, or the scheme, is to get beyond which rule, and why."""

    limit = forms.ChoiceField(label="Đơn vị thụ hưởng, căn cứ")
    amount = AmountField(label="Số hỗ trợ sau điều chỉnh dự kiến", help_text="Đồng.")
    reason = forms.CharField(label="Lý do vượt mức", widget=forms.Textarea({"rows": 3}))

    def __init__(self, limits, data=None):
        super().__init__(data)
        self.limits = {f"{one.rule_id}-{one.benefit_id or 0}": one for one in limits}
        self.fields["limit"].choices = [
            (key, f"{one.facility or 'Cả đề án'}, theo {one.basis}: còn được {format_amount(one.most)} đồng")
            for key, one in self.limits.items()
        ]

    def clean(self):
        given = super().clean()
        limit = self.limits.get(given.get("limit"))
        if limit and given.get("amount") is not None and given["amount"] <= limit.most:
            self.add_error("amount", WITHIN.format(format_amount(limit.most)))
        return given

    def excess(self):
        """The limit that is to be exceeded, at the amount that is planned."""
        return replace(self.limits[self.cleaned_data["limit"]], asked=self.cleaned_data["amount"])


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.change_scheme", raise_exception=True)
def scheme_beyond(request, pk):
    """Write why an approved scheme is to get more than a rule leaves; nothing else changes."""
    scheme = visible_scheme(request, pk)
    if scheme.status not in ADJUSTABLE:
        messages.error(request, TOO_EARLY)
        return redirect(carrying(request, scheme.get_absolute_url()))
    limits = ceilings.left(scheme, ceilings.AGREED, timezone.localdate())
    form = PlannedForm(limits, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ceilings.explain(scheme, form.excess(), form.cleaned_data["reason"], request.user)
        messages.success(request, WRITTEN)
        return redirect(carrying(request, scheme.get_absolute_url()))
    context = {"scheme": scheme, "form": form, "back": back_query(request)}
    return render(request, "programmes/ceilings/beyond.html", context)
