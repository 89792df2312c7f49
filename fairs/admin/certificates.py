"""Certificates as reviewers see them: looked up, corrected while they stand, taken back for good."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from facilities import versions
from fairs.admin.forms import CorrectForm, RevokeForm
from fairs.admin.of_round import OfRoundAdmin, desk_url, round_parts
from fairs.models import Certificate
from fairs.selection import services
from khuyencong.admin_base import ReadOnlyMixin, tag, with_note
from khuyencong.forms import saving

CONCLUDE = "fairs.conclude_selectionround"
CORRECTED = "Giấy chứng nhận %s: đã sửa."
REVOKED = "Giấy chứng nhận %s: đã thu hồi."
GONE = "Giấy chứng nhận %s đã thu hồi nên không sửa được."


class ValidFilter(admin.SimpleListFilter):
    """By what a certificate is worth today."""

    title = "giá trị"
    parameter_name = "valid"

    def lookups(self, request, model_admin):
        return [("yes", "Còn giá trị"), ("expired", "Hết hạn"), ("revoked", "Đã thu hồi")]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "yes":
            return queryset.valid_on(today)
        if self.value() == "expired":
            return queryset.filter(valid_to__lt=today, revoked_on__isnull=True)
        return queryset.filter(revoked_on__isnull=False) if self.value() == "revoked" else queryset


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyMixin, OfRoundAdmin):
    """Given on the desk of a round; here corrected or revoked, by who may conclude rounds."""

    list_display = ["number", "product", "of_round", "issued_on", "last_day", "state"]
    list_filter = [ValidFilter, "round__level", "entry__product__group", "round__cycle__province"]
    list_select_related = ["entry__product__facility", *round_parts("round")]
    ordering = ["-issued_on", "-pk"]
    search_fields = ["number", "entry__product__name", "entry__product__facility__name"]

    @admin.display(description="Sản phẩm", ordering="entry__product__sort_key")
    def product(self, certificate):
        return with_note(certificate.entry.product, certificate.entry.product.facility)

    @admin.display(description="Có giá trị đến", ordering="valid_to")
    def last_day(self, certificate):
        return f"{certificate.valid_to:%d/%m/%Y}"

    @admin.display(description="Giá trị")
    def state(self, certificate):
        return tag(*state_of(certificate))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The certificate; POST corrects or revokes it."""
        found = self.get_visible_or_404(request, object_id)
        may_change = request.user.has_perm(CONCLUDE)
        if request.method == "POST" and not may_change:
            raise PermissionDenied
        certificate = self._certificate(found.pk)
        forms = self._forms(certificate, request) if may_change else {}
        if request.method == "POST" and self._change(request, certificate, forms):
            return redirect(request.path)
        shown = self._certificate(found.pk)  # as it is kept: what was typed stands in the form
        context = self.admin_site.each_context(request) | {
            "title": str(shown),
            "opts": self.opts,
            "certificate": shown,
            "state": state_of(shown),
            "desk": desk_url(shown.round_id),
            "forms": forms,
            "asked": request.POST.get("decision"),
            "seen": versions.newest(shown),
            "others": versions.since(shown, request.POST.get("seen", "")),
            "promotions": shown.promotions.standing().select_related("product", "certificate", *round_parts("round")),
        }
        return TemplateResponse(request, "admin/fairs/certificate/page.html", context)

    @staticmethod
    def _certificate(pk):
        names = ["entry__product__facility__province", "issued_by", "revoked_by", *round_parts("round")]
        return Certificate.objects.select_related(*names).get(pk=pk)

    @staticmethod
    def _forms(certificate, request):
        """{decision: form}; none for what was taken back."""
        if certificate.revoked_on:
            return {}
        data, sent = request.POST or None, request.POST.get("decision")
        return {
            "correct": CorrectForm(data if sent == "correct" else None, instance=certificate),
            "revoke": RevokeForm(data if sent == "revoke" else None),
        }

    def _change(self, request, certificate, forms):
        """Whether there is nothing more to show; if not, the form that was sent says why."""
        decision, number = request.POST.get("decision"), certificate.number
        if not forms:
            messages.info(request, GONE % number)
            return True
        form = forms.get(decision)
        if form is None or not form.is_valid():
            return False
        with saving(form):
            if decision == "revoke":
                services.revoke(certificate, by=request.user, **form.cleaned_data)
            else:
                services.lock_round(certificate.round, by=request.user, permission=CONCLUDE)
                versions.check(certificate, request.POST.get("seen", ""))
                form.save()
        if not form.errors:
            messages.success(request, (REVOKED if decision == "revoke" else CORRECTED) % number)
        return not form.errors


def state_of(certificate):
    """What it is worth today, and the colour of that."""
    if certificate.revoked_on:
        return f"thu hồi {certificate.revoked_on:%d/%m/%Y}", "bad"
    if certificate.is_valid_on(timezone.localdate()):
        return "còn giá trị", "good"
    return "hết hạn", ""
