"""The detailed plan of a group scheme: its beneficiaries, named after the approval (TT 36/2013 Đ10.1.a)."""

from khuyencong.forms import saving
from khuyencong.money import format_amount
from programmes import services
from programmes.forms.parts import beneficiary_formset
from programmes.forms.reasons import Reasons

OVER = "Tổng hỗ trợ cho các đơn vị thụ hưởng là {given} đồng, vượt kinh phí hỗ trợ được duyệt là {support} đồng."


class PlanEditor:
    """The rows of beneficiaries against the support that was approved; a reviewer approves the plan afterwards."""

    comments: dict = {}  # reviewers comment on schemes that are sent, not on plans

    def __init__(self, scheme, user, data=None):
        self.scheme, self.user = scheme, user
        self.beneficiaries = beneficiary_formset(scheme, user, data)
        self.reasons = Reasons(scheme, data or {})
        self.errors = []
        lines = scheme.funding_lines.select_related("source")
        self.support = sum(line.agreed_amount or 0 for line in lines if line.source.is_support)

    def is_valid(self):
        if not self.beneficiaries.is_valid():
            return False
        kept = [f for f in self.beneficiaries.forms if f.cleaned_data and not f.cleaned_data.get("DELETE")]
        given = sum(f.cleaned_data["proposed_amount"] for f in kept)
        if given > self.support:
            self.errors.append(OVER.format(given=format_amount(given), support=format_amount(self.support)))
        return not self.errors

    def save(self, version):
        """True when saved; the refusal of the database or of a stale `version` lands in `errors`."""
        with saving(self):
            services.record_progress(self.scheme, self._save_all, version=version)
        return not self.errors

    def _save_all(self):
        self.beneficiaries.save()
        self.reasons.save(self.user)

    def add_refusal(self, refusal):
        self.errors.append(refusal.sentence)
