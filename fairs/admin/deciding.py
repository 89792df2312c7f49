"""The forms that conclude a round and give its certificates: one answer, one number for each dossier."""

import re

from django import forms

from fairs.admin.forms import LineField, RefusableForm
from fairs.models import Certificate
from fairs.selection.services import Decision
from khuyencong.forms import DateField

PASSED, FAILED = "1", "0"
VERDICTS = ((PASSED, "Được công nhận"), (FAILED, "Không"))
CANNOT = "Hồ sơ này không công nhận được: %s."
COUNTER = re.compile(r"\{n(?::0([1-6])d)?\}")
NO_COUNTER = "Mẫu số cần một chỗ ghi số thứ tự: {n}, hoặc {n:02d} để có hai chữ số."
TWICE = "Số này đã có trong kỳ bình chọn."
PATTERN = "{n:02d}/GCN"


class ConcludeForm(RefusableForm):
    """The decision, and for each dossier that stands whether it is recognised; proposed by the pass mark."""

    constraint_fields = {
        "selection_round_concluded_whole": "decision_number",
        "selection_round_opens_on_before_decided_on": "decided_on",
        "selection_round_decided_not_in_future": "decided_on",
        "selection_round_minutes_on_before_decided_on": "decided_on",
        "selection_round_minutes_given": "minutes_number",
        "selection_round_decided_on_before_announced_on": "announced_on",
    }
    decision_number = LineField(
        label="Số quyết định công nhận", max_length=60, error_messages={"required": "Nhập số quyết định công nhận."}
    )
    decided_on = DateField(label="Ngày quyết định", error_messages={"required": "Nhập ngày quyết định."})
    announced_on = DateField(label="Ngày công bố", required=False, help_text="Để trống nếu chưa công bố.")
    minutes_number = LineField(
        label="Số biên bản họp hội đồng", max_length=60, error_messages={"required": "Nhập số biên bản họp."}
    )
    minutes_on = DateField(label="Ngày họp", error_messages={"required": "Nhập ngày họp."})

    def __init__(self, *args, round, results, **kwargs):
        facts = ("decision_number", "decided_on", "announced_on", "minutes_number", "minutes_on")
        initial = {name: getattr(round, name) for name in facts}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.results = results
        for row in results.standing:
            self.fields[f"result_{row.entry.pk}"] = forms.ChoiceField(
                label=f"Kết quả của {row.entry.product}",
                choices=VERDICTS,
                initial=FAILED if row.against else PASSED,
                error_messages={"required": "Chọn kết quả.", "invalid_choice": "Chọn kết quả."},
            )

    @property
    def rows(self):
        """(row, its field or None when it was withdrawn)."""
        for row in self.results.rows:
            name = f"result_{row.entry.pk}"
            yield row, self[name] if name in self.fields else None

    @property
    def facts(self):
        return [self[name] for name in self.fields if not name.startswith("result_")]

    def clean(self):
        cleaned = super().clean()
        for row in self.results.standing:
            name = f"result_{row.entry.pk}"
            if row.against and cleaned.get(name) == PASSED:
                self.add_error(name, CANNOT % row.against)
        return cleaned

    @property
    def decision(self):
        typed = self.cleaned_data
        return Decision(
            typed["decision_number"],
            typed["decided_on"],
            typed["minutes_number"],
            typed["minutes_on"],
            typed["announced_on"],
        )

    @property
    def verdicts(self):
        """{entry id: recognised}."""
        return {row.entry.pk: self.cleaned_data[f"result_{row.entry.pk}"] == PASSED for row in self.results.standing}


class IssueForm(RefusableForm):
    """Numbers for all recognised dossiers at once, counted by a pattern, each to be corrected; one day, one signer."""

    constraint_fields = {
        "certificate_after_decision": "issued_on",
        "certificate_not_in_future": "issued_on",
        "certificate_validity_known": "issued_on",
    }
    pattern = LineField(
        label="Mẫu số",
        max_length=60,
        help_text="{n:02d} là số thứ tự có hai chữ số.",
        error_messages={"required": "Nhập mẫu số."},
    )
    first = forms.IntegerField(
        label="Bắt đầu từ số", min_value=1, max_value=99999, error_messages={"required": "Nhập số bắt đầu."}
    )
    issued_on = DateField(label="Ngày cấp", error_messages={"required": "Nhập ngày cấp."})
    signer = LineField(
        label="Người ký (chức danh)", max_length=100, error_messages={"required": "Nhập chức danh người ký."}
    )

    def __init__(self, *args, round, results, **kwargs):
        held = sum(row.certificate is not None for row in results.rows)
        start = {"pattern": PATTERN, "first": held + 1, "issued_on": round.decided_on, "signer": round.level.signer}
        start |= {name_of(row): text for row, text in zip(results.to_certify, numbers(PATTERN, held + 1), strict=False)}
        super().__init__(*args, initial=start | kwargs.pop("initial", {}), **kwargs)
        self.round, self.results = round, results
        for row in results.to_certify:
            self.fields[name_of(row)] = LineField(
                label=f"Số giấy chứng nhận của {row.entry.product}",
                max_length=60,
                error_messages={"required": "Nhập số giấy chứng nhận."},
            )

    @property
    def rows(self):
        """(row, its number)."""
        return [(row, self[name_of(row)]) for row in self.results.to_certify]

    @property
    def facts(self):
        return [self[name] for name in ("pattern", "first", "issued_on", "signer")]

    def clean_pattern(self):
        if len(COUNTER.findall(self.cleaned_data["pattern"])) != 1:
            raise forms.ValidationError(NO_COUNTER)
        return self.cleaned_data["pattern"]

    def clean(self):
        """A number stands once in a round."""
        cleaned = super().clean()
        taken = set(Certificate.objects.filter(round=self.round).values_list("number", flat=True))
        for row in self.results.to_certify:
            if (number := cleaned.get(name_of(row))) in taken:
                self.add_error(name_of(row), TWICE)
            taken.add(number)
        return cleaned

    def counted(self):
        """What was typed with the rows numbered anew; None when the pattern or the first number cannot be read."""
        if self.errors.keys() & {"pattern", "first"}:
            return None
        texts = numbers(self.cleaned_data["pattern"], self.cleaned_data["first"])
        new = {name_of(row): text for row, text in zip(self.results.to_certify, texts, strict=False)}
        return {name: self.data.get(name, "") for name in self.fields} | new

    @property
    def numbers(self):
        """{entry id: number}."""
        return {row.entry.pk: self.cleaned_data[name_of(row)] for row in self.results.to_certify}


def name_of(row):
    return f"number_{row.entry.pk}"


def numbers(pattern, first):
    """'{n:02d}/GCN' from 9 -> '09/GCN', '10/GCN', … without end."""
    while True:
        yield COUNTER.sub(lambda found, n=first: f"{n:0{found[1] or 1}d}", pattern)
        first += 1
