"""Money of a scheme of several years: a cell a source and year."""

from django import forms

from khuyencong.forms import AmountField
from khuyencong.money import format_amount
from programmes.models import SchemeYear

AHEAD, MOST = 2, 8  # years offered after the first one, and columns at most
UNEVEN = "Các năm cộng lại là {years} đồng, kinh phí đề nghị là {line} đồng. Hai số phải bằng nhau."
TOO_EARLY = "Năm {year} trước năm kế hoạch {first}."


class YearsForm(forms.Form):
    """What each source gives in each year; all empty: the scheme is of one year and has no rows."""

    def __init__(self, scheme, sources, data=None):
        self.scheme, self.sources = scheme, sources
        self.saved = {(row.source_id, row.year): row for row in scheme.years.all()} if scheme.pk else {}
        super().__init__(data, prefix="years")
        self.columns = self._columns(data)
        for source in sources:
            for year in self.columns:
                row = self.saved.get((source.pk, year))
                self.fields[f"{source.pk}-{year}"] = self._field(source, year, row and row.planned_amount)

    def _columns(self, data):
        """The years of the scheme; when it comes back from a browser, those that stood in the page."""
        typed = {name.rpartition("-")[2] for name in data or () if name.startswith("years-")}
        if found := sorted(int(year) for year in typed if year.isdecimal() and len(year) == 4):
            return found[:MOST]
        first = self.scheme.year
        end = self.scheme.end_on.year if self.scheme.end_on else first
        last = max([first + AHEAD, end, *(year for _, year in self.saved)])
        return list(range(min([first, *(year for _, year in self.saved)]), last + 1))[:MOST]

    @staticmethod
    def _field(source, year, amount):
        field = AmountField(required=False, initial=amount, label=f"{source}, năm {year}")
        field.widget.attrs |= {"data-kc-col": source.pk, "aria-label": f"{source.name}, năm {year}, đồng"}
        return field

    @property
    def rows(self):
        """[(source, [(year, bound field)])] for the page."""
        return [(source, [(year, self[f"{source.pk}-{year}"]) for year in self.columns]) for source in self.sources]

    @property
    def is_used(self):
        """Something was saved or typed: the block is shown open."""
        return bool(self.errors) or any(bound.value() for bound in self)

    def amounts_of(self, source):
        """{year: đồng} of a valid form, empty cells left out."""
        found = {year: self.cleaned_data[f"{source.pk}-{year}"] for year in self.columns}
        return {year: amount for year, amount in found.items() if amount}

    def clean(self):
        for source in self.sources:
            for year in self.columns:
                name, first = f"{source.pk}-{year}", self.scheme.year
                if self.cleaned_data.get(name) and first and year < first:
                    self.add_error(name, TOO_EARLY.format(year=year, first=first))
        return self.cleaned_data

    def uneven(self, source, proposed):
        """Why the years of `source` do not fit to what is proposed; '' when they do, or when it has none."""
        total = sum(self.amounts_of(source).values())
        if not total or total == proposed:
            return ""
        return UNEVEN.format(years=format_amount(total), line=format_amount(proposed))

    def save(self):
        """Write the cells: a row for each amount, none for an empty cell."""
        for source in self.sources:
            for year, amount in self.amounts_of(source).items():
                SchemeYear.objects.update_or_create(
                    scheme=self.scheme, source=source, year=year, defaults={"planned_amount": amount}
                )
        kept = {(source.pk, year) for source in self.sources for year in self.amounts_of(source)}
        for key, row in self.saved.items():
            if key not in kept:
                row.delete()
