"""Everything that is typed about a scheme on one page, saved together or not at all."""

import uuid

from django.utils import timezone

from khuyencong.forms import saving
from khuyencong.money import format_amount
from programmes import services
from programmes.forms.answers import Answers
from programmes.forms.merge import merge, sign, snapshot
from programmes.forms.parts import beneficiary_formset, funding_forms, result_formset
from programmes.forms.reasons import Reasons
from programmes.forms.scheme import SchemeForm
from programmes.forms.years import YearsForm
from programmes.models import Scheme
from programmes.tables import share_bar

OVER = "Tổng hỗ trợ cho các đơn vị thụ hưởng là {given} đồng, vượt kinh phí hỗ trợ đề nghị là {support} đồng."


class SchemeEditor:
    """The scheme's form, a form a source, its years, the rows of beneficiaries and results, answers to reviewers.

    `conflict` lists what somebody else saved since the page was opened; it is empty when nobody did.
    """

    def __init__(self, scheme, user, data=None):
        self.scheme, self.user, self.typed = scheme, user, data or {}
        self.conflict = ()
        if data is not None and scheme.pk and data.get("version") != str(scheme.version):
            data, self.conflict = merge(data, SchemeEditor(scheme, user))  # `scheme` as it is saved now
        self.form = SchemeForm(data, instance=scheme, user=user)
        self.form.full_clean() if data is not None else None
        self.lines = funding_forms(scheme, data)
        self.years = YearsForm(scheme, [line.instance.source for line in self.lines], data)
        self.beneficiaries = beneficiary_formset(scheme, user, data)
        self.results = result_formset(scheme, data)
        self.answers = Answers(scheme, data)
        self.reasons = Reasons(scheme, self.typed)

    @property
    def base(self):
        """What the page shows when it is opened, signed: with it a later save can tell who changed what."""
        if not self.scheme.pk:
            return ""
        saved = Scheme.objects.get(pk=self.scheme.pk)  # a bound form has already written into `self.scheme`
        return sign(snapshot(SchemeEditor(saved, self.user)))

    @property
    def parts(self):
        return [*self.lines, self.years, self.beneficiaries, self.results, self.answers]

    @property
    def token(self):
        """Names the opened form of a new scheme: sent twice, it still makes one draft."""
        return self.typed.get("entry") or str(uuid.uuid4())

    @property
    def total(self):
        """What is asked in all, as far as it can be read."""
        return sum(amount for _, amount in self._asked())

    @property
    def shares(self):
        """The parts of the share bar, redrawn as one types."""
        return share_bar(self._asked())

    def _asked(self):
        return [(line.instance.source, self._amount(line)) for line in self.lines]

    @staticmethod
    def _amount(line):
        if line.is_bound and line.is_valid():
            return line.cleaned_data["proposed_amount"]
        return line.instance.proposed_amount or 0

    @property
    def comments(self):
        """What reviewers said, by its place on the page, each with its answer box."""
        rows = [*self.lines, *self.beneficiaries.forms, *self.results.forms]
        places = {*self.form.fields, *(row.place for row in rows)}
        return self.answers.placed(places)

    @property
    def faulty_parts(self):
        """The parts below the general facts that hold an error, for the summary at the top."""
        parts = (
            ("part-funding", "Kinh phí đề nghị theo nguồn", any(line.errors for line in self.lines)),
            ("part-years", "Kinh phí theo năm", self.years.errors),
            ("part-beneficiaries", "Đơn vị thụ hưởng", self.beneficiaries.total_error_count()),
            ("part-results", "Kết quả dự kiến", self.results.total_error_count()),
        )
        return (
            [{"anchor": anchor, "label": label} for anchor, label, faulty in parts if faulty]
            if self.form.is_bound
            else []
        )

    def is_repeat(self):
        """The same form sent once more: what is typed is what is saved."""
        forms = [self.form, *self.lines, self.years, *self.beneficiaries.forms, *self.results.forms]
        return not any(form.has_changed() for form in forms)

    def is_valid(self):
        """All that was typed can be saved; every part is asked, so that every sentence is shown at once."""
        checked = [part.is_valid() for part in (self.form, *self.parts)]
        return all(checked) and not self.conflict and self._years_add_up() and self._benefits_within_support()

    def _years_add_up(self):
        for line in self.lines:
            if sentence := self.years.uneven(line.instance.source, line.cleaned_data["proposed_amount"]):
                line.add_error("proposed_amount", sentence)
        return not any(line.errors for line in self.lines)

    def _benefits_within_support(self):
        support = sum(f.cleaned_data["proposed_amount"] for f in self.lines if f.instance.source.is_support)
        kept = [f for f in self.beneficiaries.forms if f.cleaned_data and not f.cleaned_data.get("DELETE")]
        given = sum(f.cleaned_data["proposed_amount"] for f in kept)
        if given > support:
            sentence = OVER.format(given=format_amount(given), support=format_amount(support))
            self.beneficiaries.non_form_errors().append(sentence)
        return given <= support

    def save(self):
        """True when saved; False when the database refused, with its sentence in the form."""
        created = self.scheme.pk is None
        version = None if created else self.scheme.version
        with saving(self.form):
            if created:
                self._stamp()
            else:
                services.lock_scheme(self.scheme.pk, version)
            self._save_all()
        if self.form.errors and created:
            self.scheme.pk, self.scheme.code = None, ""
        return not self.form.errors

    def _stamp(self):
        scheme = self.scheme
        scheme.created_by = scheme.status_by = self.user
        scheme.status_at = timezone.now()
        scheme.code = services.next_code(scheme.province, scheme.year)

    def _save_all(self):
        self.form.save()
        self.form.save_several()
        for line in self.lines:
            line.save_or_drop()
        self.years.save()
        self.beneficiaries.save()
        self.results.save()
        self.answers.save(self.user)
        self.reasons.save(self.user)
        self.scheme.refresh_from_db(fields=["version"])
