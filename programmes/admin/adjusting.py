"""What a reviewer types to record a decision that changes an approved scheme."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from facilities.models import Facility
from facilities.selects import TypedSelect
from khuyencong.forms import AmountField, DateField
from programmes.adjustments.services import adjust
from programmes.admin.forms import LOOK_BELOW
from programmes.models import AdjustmentAuthority, AdjustmentChange, AdjustmentKind, FundingSource
from programmes.models.adjustments import Authority

NO_ADDED_AMOUNT = "Nhập số tiền."
NO_ADDED = "Chọn %s được thêm."
NO_LABEL = "Nhập nội dung thay đổi."


def authorities(scheme, kind, day=None):
    """[(authority, 'Bộ trưởng Bộ Công Thương (TT 36/2013/TT-BCT, Điều 11)')] who may decide `kind`; all where no rule binds."""
    rules = AdjustmentAuthority.objects.on(day or timezone.localdate()).filter(level=scheme.level, kind=kind)
    rules = rules.filter(Q(is_group__isnull=True) | Q(is_group=scheme.is_group))
    found = [(rule.authority, _with_clause(rule)) for rule in rules]
    return found or list(Authority.choices)


def _with_clause(rule):
    clause = rule.clause if rule.is_verified else ", ".join(part for part in (rule.clause, "cần kiểm tra") if part)
    return f"{rule.get_authority_display()} ({clause})" if clause else rule.get_authority_display()


class KindForm(forms.Form):
    """What is changed: it decides who may decide."""

    kind = forms.ChoiceField(label="Loại điều chỉnh", choices=AdjustmentKind.choices, widget=forms.RadioSelect)


class MovedForm(forms.Form):
    """The amount of one source or one facility after the decision, in đồng; it stays unless it is changed."""

    after = AmountField(label="Sau điều chỉnh", required=False)

    def __init__(self, data, *, prefix, name, now):
        super().__init__(data, prefix=prefix, initial={"after": now})
        self.name, self.now = name, now
        self.fields["after"].widget.attrs |= {"aria-label": f"{name}, sau điều chỉnh, đồng", "data-kc-col": "after"}


class AddedForm(forms.Form):
    """A source or a facility that the scheme did not have, and what it gives or gets."""

    part = forms.ModelChoiceField(queryset=None, required=False, empty_label="Không thêm")
    after = AmountField(label="Số tiền", required=False)

    def __init__(self, data, *, prefix, label, rows, widget=None):
        super().__init__(data, prefix=prefix)
        field = self.fields["part"]
        if widget:
            field.widget = widget
        field.label, field.queryset = label, rows
        for one in self.fields.values():
            one.widget.attrs["aria-label"] = f"Thêm {label}" if one is field else f"Thêm {label}: số tiền, đồng"
        self.fields["after"].widget.attrs["data-kc-col"] = "after"
        self.label = label

    def clean(self):
        part, after = self.cleaned_data.get("part"), self.cleaned_data.get("after")
        if part and after is None and "after" not in self.errors:
            self.add_error("after", NO_ADDED_AMOUNT)
        if after and not part and "part" not in self.errors:
            self.add_error("part", NO_ADDED % self.label)
        return self.cleaned_data

    @property
    def amounts(self):
        part = self.cleaned_data.get("part")
        return {part.pk: self.cleaned_data["after"]} if part else {}


class ChangeForm(forms.ModelForm):
    """A change in words."""

    class Meta:
        model = AdjustmentChange
        fields = ["label", "before", "after"]
        widgets = {name: forms.Textarea({"rows": 1}) for name in ("before", "after")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label[0].upper() + field.label[1:]

    @property
    def change(self):
        given = self.cleaned_data
        return (given["label"], given.get("before", ""), given["after"]) if given else None


ChangeFormSet = forms.formset_factory(ChangeForm, extra=2)


class AdjustForm(forms.Form):
    """A decision of one `kind` about `scheme`: who, when, why, and from what to what."""

    constraint_fields = {
        "adjustment_number_given": "number",
        "adjustment_once": "number",
        "adjustment_reason_given": "reason",
        "adjustment_day": "decided_on",
        "adjustment_authority": "authority",
        "adjustment_end_given": "end_on",
        "adjustment_end_after_start": "end_on",
    }

    authority = forms.ChoiceField(label="Cấp quyết định", widget=forms.RadioSelect)
    number = forms.CharField(label="Số quyết định", max_length=60)
    decided_on = DateField(label="Ngày quyết định")
    reason = forms.CharField(label="Lý do điều chỉnh", widget=forms.Textarea({"rows": 2}))
    end_on = DateField(label="Ngày kết thúc mới", required=False)

    def __init__(self, data=None, *, scheme, kind, user):
        super().__init__(data, auto_id="adjust_%s", initial={"decided_on": timezone.localdate()})
        self.kind = kind
        allowed = authorities(scheme, kind)
        self.fields["authority"].choices = allowed
        if len(allowed) == 1:
            self.initial["authority"] = allowed[0][0]
        if kind in (AdjustmentKind.EXTENSION, AdjustmentKind.TIME):
            self.fields["end_on"].required = True
        self._add_money(scheme, user, data)
        self.changes = ChangeFormSet(data, prefix="changes")

    def _add_money(self, scheme, user, data):
        lines = list(scheme.funding_lines.select_related("source"))
        benefits = list(scheme.beneficiaries.named())
        self.lines = [_moved(data, "line", one.source_id, one.source, one) for one in lines]
        self.benefits = [_moved(data, "benefit", one.facility_id, one.facility, one) for one in benefits]
        sources = FundingSource.objects.exclude(pk__in=[one.source_id for one in lines])
        facilities = Facility.objects.visible_to(user).standing().exclude(pk__in=[one.facility_id for one in benefits])
        self.new_line = AddedForm(data, prefix="new-line", label="nguồn", rows=sources)
        widget = TypedSelect("facilities:facility-options")
        self.new_benefit = AddedForm(data, prefix="new-benefit", label="cơ sở", rows=facilities, widget=widget)

    @property
    def kind_label(self):
        return AdjustmentKind(self.kind).label

    @property
    def parts(self):
        return [*self.lines, *self.benefits, self.new_line, self.new_benefit, self.changes]

    def is_valid(self):
        """Every part is asked, so that every mistake shows at once."""
        checked = [part.is_valid() for part in self.parts]
        if self.is_bound and not all(checked):
            self.add_error(None, LOOK_BELOW)
        return super().is_valid()

    def save(self, scheme, by, version):
        """See `programmes.adjustments.services.adjust`."""
        return adjust(
            scheme,
            by=by,
            kind=self.kind,
            version=version,
            amounts=_after(self.lines) | self.new_line.amounts,
            benefits=_after(self.benefits) | self.new_benefit.amounts,
            changes=[form.change for form in self.changes if form.change],
            **self.cleaned_data,
        )

    def add_refusal(self, refusal):
        """Show what was refused beside its field."""
        field = self.constraint_fields.get(refusal.code)
        self.add_error(field if field in self.fields else None, refusal.sentence)


def _moved(data, prefix, key, name, part):
    now = part.approved_amount if part.adjusted_amount is None else part.adjusted_amount
    form = MovedForm(data, prefix=f"{prefix}-{key}", name=str(name), now=now or 0)
    form.key = key
    return form


def _after(rows):
    """{key: đồng after} of the rows that were typed."""
    return {row.key: row.cleaned_data["after"] for row in rows if row.cleaned_data["after"] is not None}
