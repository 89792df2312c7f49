"""Word templates of papers, for administrators: put in a new one, fetch one to edit it, try one on a scheme."""

from io import BytesIO

from django import forms
from django.contrib import admin, messages
from django.http import FileResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from khuyencong import refusals
from khuyencong.admin_base import ScopedModelAdmin
from khuyencong.forms import ConstrainedModelForm
from khuyencong.text import clean
from programmes.dossier import paper_fields, papers
from programmes.dossier.inspection import clean_name, inspect
from programmes.dossier.paper_sample import SAMPLES, sample_of
from programmes.models import PaperTemplate, Scheme

NO_SCHEME = "Không có đề án mang mã “{}” trong địa bàn của bạn."


class PaperTemplateForm(ConstrainedModelForm):
    """A new template has its file, which is tried on a sample before it is taken."""

    constraint_fields = {"paper_template_valid_from_before_valid_to": "valid_to"}
    file = forms.FileField(label="Tệp Word (.docx)", widget=forms.FileInput(attrs={"accept": ".docx"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("file", None)

    def clean(self):
        cleaned = super().clean()
        if "file" in cleaned:
            self._take(cleaned["file"], cleaned.get("kind", ""))
        return cleaned

    def _take(self, file, kind):
        name = clean_name(file.name)
        try:
            inspect(file)
            content = file.read()
            papers.check(content, name, kind)
        except refusals.RefusedError as error:
            self.add_error("file", error.refusal.sentence)
        else:
            self.instance.content, self.instance.file_name = content, name


@admin.register(PaperTemplate)
class PaperTemplateAdmin(ScopedModelAdmin):
    """A template's file never changes: a new version is a new row, the old one is switched off."""

    form = PaperTemplateForm
    list_display = ["name", "kind", "level", "province", "valid_from", "valid_to", "is_active"]
    list_filter = ["kind", "level", "is_active", "province"]
    list_select_related = ["province"]
    search_fields = ["name", "file_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    def get_fields(self, request, obj=None):
        common = ["kind", "name", ("level", "province"), ("valid_from", "valid_to"), "is_active", "note"]
        return [*common, "fetch", "known_fields"] if obj else ["file", *common, "known_fields"]

    def get_readonly_fields(self, request, obj=None):
        return ["fetch", "known_fields"] if obj else ["known_fields"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)

    def get_urls(self):
        own = [
            path("<path:object_id>/file/", self.admin_site.admin_view(self.file_view), name="papertemplate_file"),
            path("<path:object_id>/try/", self.admin_site.admin_view(self.try_view), name="papertemplate_try"),
        ]
        return own + super().get_urls()

    @admin.display(description="Tệp của mẫu")
    def fetch(self, template):
        url = reverse("admin:papertemplate_file", args=[template.pk])
        return format_html('<a href="{}">Tải {}</a>', url, template.file_name)

    @admin.display(description="Các trường dùng được")
    def known_fields(self, template):
        sample = sample_of(template.kind)
        return format_html('<span class="prewrap">{}</span>', "\n".join(_lines(sample)))

    def file_view(self, request, object_id):
        template = self.get_visible_or_404(request, object_id)
        return _sent(BytesIO(bytes(template.content)), template.file_name)

    def try_view(self, request, object_id):
        """The paper for `?scheme=` (its code), of a kind without schemes on a sample; what is wrong is said on its page."""
        template = self.get_visible_or_404(request, object_id)
        if template.kind in SAMPLES:
            return _sent(papers.fill(template, sample_of(template.kind)), f"thu-{template.file_name}")
        code = clean(request.GET.get("scheme", ""))
        scheme = Scheme.objects.visible_to(request.user).for_page().filter(code=code).first()
        try:
            if scheme is None:
                raise refusals.RefusedError(NO_SCHEME.format(code))
            content = papers.fill(template, paper_fields.about(scheme, timezone.localdate()))
        except refusals.RefusedError as error:
            messages.error(request, error.refusal.sentence)
            return HttpResponseRedirect(reverse("admin:programmes_papertemplate_change", args=[template.pk]))
        return _sent(content, f"thu-{scheme.code}.docx")


def _sent(content, name):
    response = FileResponse(content, as_attachment=True, filename=name, content_type=papers.DOCX)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _lines(fields, prefix=""):
    """'de_an.ten' for a text, 'kinh_phi[].nguon' for a list: each as it is named in a template."""
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _lines(value, f"{prefix}{name}.")
        elif isinstance(value, list) and isinstance(value[0], dict):
            yield from _lines(value[0], f"{prefix}{name} → ")
        else:
            yield f"{prefix}{name}"
