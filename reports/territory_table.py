"""Tổng hợp theo địa bàn: schemes and money of every province, as of now, by the boundaries that one chooses."""

from io import BytesIO

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from khuyencong.boundaries import Boundaries
from reports import territory_sources, workbook
from reports.layouts import territory_table as layout
from reports.pages import territory_table as page

BACKWARDS = "Năm cuối không được trước năm đầu."


class TerritoryForm(forms.Form):
    """From which year to which, by which boundaries; what is not asked for is as widely as possible, as of today."""

    first = forms.TypedChoiceField(label="Từ năm", coerce=int, required=False)
    last = forms.TypedChoiceField(label="Đến năm", coerce=int, required=False)
    boundaries = forms.ChoiceField(label="Địa giới", choices=Boundaries.choices[::-1], required=False)

    def __init__(self, query, *, span):
        first, last = span
        defaults = {"first": first, "last": last, "boundaries": Boundaries.TODAY.value}
        super().__init__(defaults | {name: query[name] for name in defaults if query.get(name)})
        for name, word in (("first", "Từ"), ("last", "Đến")):
            self.fields[name].choices = [(year, f"{word} năm {year}") for year in range(last, first - 1, -1)]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and cleaned["first"] > cleaned["last"]:
            self.add_error("last", BACKWARDS)
        return cleaned


@require_safe
@permission_required("reports.view_report", raise_exception=True)
def territory_table(request):
    """What cannot be read as years leaves the filters with their sentence, and no table."""
    form = _form(request)
    found = _read(request, form) if form.is_valid() else None
    return render(request, "reports/territory_table.html", page.context(form, found))


@require_safe
@permission_required("reports.view_report", raise_exception=True)
def territory_export(request):
    """The same table as a workbook; for a question that cannot be answered, the page that says so."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "reports/territory_table.html", page.context(form, None), status=400)
    file = BytesIO()
    workbook.write((_sheet(form.cleaned_data, _read(request, form)),), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"theo-dia-ban-{timezone.localdate():%Y-%m-%d}.xlsx")


def _sheet(asked, found):
    return layout.sheet(
        found.table,
        found.sources,
        years=page.years_label(asked["first"], asked["last"]),
        boundaries=Boundaries(asked["boundaries"]).label,
        moment=timezone.localtime(),
        illustrative=found.is_illustrative,
    )


def _form(request):
    this_year = timezone.localdate().year
    return TerritoryForm(request.GET, span=territory_sources.years(request.user) or (this_year, this_year))


def _read(request, form):
    asked = form.cleaned_data
    return territory_sources.read(
        request.user, asked["first"], asked["last"], asked["boundaries"], timezone.localdate()
    )
