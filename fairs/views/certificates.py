"""Certificates of typical products: list and page. They are issued and revoked in the workshop."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from fairs.models import Certificate
from fairs.products import certificates, paper_fields
from fairs.products.filters import CertificateFilter
from fairs.products.validity import state_of, with_states
from khuyencong import history, text
from khuyencong.back import back_query
from khuyencong.paging import paginate
from khuyencong.refusals import RefusedError
from programmes.dossier import papers
from programmes.dossier.views import sent
from programmes.models import PaperTemplate

NO_TEMPLATE = "Chưa có mẫu giấy chứng nhận nào đang dùng. Quản trị thêm mẫu ở mục “Mẫu văn bản”."
REVOKED = "Giấy chứng nhận này đã bị thu hồi nên không in được nữa."
EXPIRING = {"soon", "this_year"}  # lists of what comes to its end show what ends first


def visible_certificates(request):
    rows = Certificate.objects.visible_to(request.user).for_list()
    return rows.select_related("entry__product__facility__merged_into")


@require_safe
@permission_required("fairs.view_certificate", raise_exception=True)
def certificate_list(request):
    today = timezone.localdate()
    filters = CertificateFilter(request.GET, queryset=visible_certificates(request), request=request)
    ending = request.GET.get("state") in EXPIRING
    page = paginate(request, filters.qs, ("valid_to", "pk") if ending else ("-issued_on", "-pk"))
    context = {
        "filters": filters,
        "page": page,
        "rows": with_states(page.rows, today),
        "totals": certificates.strip(filters.qs, today),
        "by_level": certificates.by_level(filters.qs),
        "here": request.GET.urlencode(),
    }
    return render(request, "fairs/products/certificate_list.html", context)


@require_safe
@permission_required("fairs.view_certificate", raise_exception=True)
def certificate_detail(request, pk):
    """What it certifies, what it rests on, what was promoted from it."""
    rows = visible_certificates(request).select_related("entry__lower_certificate__round__level", "issued_by")
    certificate = get_object_or_404(rows, pk=pk)
    promotions = certificate.promotions.select_related("round__level", "round__cycle", "round__unit", "round__region")
    context = {
        "certificate": certificate,
        "state": state_of(certificate, timezone.localdate()),
        "promotions": promotions.order_by("registered_on", "pk"),
        "back": back_query(request),
    }
    return render(request, "fairs/products/certificate_detail.html", context)


@require_safe
@permission_required("fairs.view_certificate", raise_exception=True)
def certificate_history(request, pk):
    certificate = get_object_or_404(visible_certificates(request), pk=pk)
    context = {"record": certificate, "entries": history.entries(certificate.events.all())}
    return render(request, "history.html", context)


@require_safe
@permission_required("fairs.view_certificate", raise_exception=True)
def certificate_paper(request, pk):
    """The certificate as a .docx, from the province's own template or the common one; what is wrong is said on its page.

    None of a revoked certificate: on paper it would look valid.
    """
    certificate = get_object_or_404(visible_certificates(request), pk=pk)
    day, province = timezone.localdate(), certificate.round.cycle.province_id
    template = PaperTemplate.objects.of_kind(PaperTemplate.Kind.CERTIFICATE, province, day)
    try:
        if certificate.revoked_on:
            raise RefusedError(REVOKED, "certificate_revoked")
        if template is None:
            raise RefusedError(NO_TEMPLATE, "paper_template_none")
        content = papers.fill(template, paper_fields.about(certificate))
    except RefusedError as error:
        messages.error(request, error.refusal.sentence)
        return redirect(certificate)
    name = f"giay-chung-nhan-{slugify(text.search_key(certificate.number))}.docx"
    return sent(FileResponse(content, as_attachment=True, filename=name), papers.DOCX)
