"""What a person typed: fields that read Vietnamese money and dates, and forms that speak the database's rules."""

import re
from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.forms.renderers import TemplatesSetting

from khuyencong import money, refusals
from khuyencong.fields import AmountField as ModelAmountField

ODD_DOT = re.compile(r"\d+\.(?:\d{1,2}|\d{4,})")
ODD_DOT_SENTENCE = "“{}” đọc được hai cách. Phần lẻ viết sau dấu phẩy (“{}”); dấu chấm chỉ tách hàng nghìn (“1.234”)."
BAD_DATE = "Không có ngày này. Nhập theo dạng ngày/tháng/năm, ví dụ 28/02/2021."


class PortalRenderer(TemplatesSetting):
    """Every field of every form is drawn by one template."""

    field_template_name = "_components/field.html"


class AmountInput(forms.TextInput):
    """A text box for đồng: numbers to the right, `300 triệu` understood as one types."""

    def __init__(self, attrs=None):
        super().__init__(
            {"inputmode": "text", "autocomplete": "off", "class": "num", "data-kc-money": ""} | (attrs or {})
        )

    def format_value(self, value):
        return value if isinstance(value, str) else money.format_amount(value)


class AmountField(forms.Field):
    """Whole đồng, typed as `1.234.567`, `35 triệu` or `1,5 tỷ`; what cannot be read is refused with the way to type it."""

    widget = AmountInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return money.parse_amount(str(value))
        except money.AmountError as error:
            raise ValidationError(str(error), code="amount") from error

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class DateInput(forms.DateInput):
    """dd/mm/yyyy in a text box: the same in every browser and language."""

    def __init__(self, attrs=None, format="%d/%m/%Y"):
        super().__init__(
            {"placeholder": "dd/mm/yyyy", "autocomplete": "off", "inputmode": "numeric"} | (attrs or {}), format
        )


class DateField(forms.DateField):
    widget = DateInput
    default_error_messages = {"invalid": BAD_DATE}


class QuantityField(forms.DecimalField):
    """A number with a decimal comma: `1.712,64`. A dot that does not group by three could mean either, so it is refused."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        kwargs["localize"] = True
        super().__init__(**kwargs)
        self.widget.attrs |= {"class": "num", "inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value):
        typed = str(value or "").strip()
        if ODD_DOT.fullmatch(typed):
            raise ValidationError(ODD_DOT_SENTENCE.format(typed, typed.replace(".", ",")), code="odd_dot")
        return super().to_python(value)


def vietnamese_field(db_field, **kwargs):
    """`formfield_callback` of our model forms: numbers, dates and choices as the office reads them."""
    if isinstance(db_field, models.DecimalField) and not isinstance(db_field, ModelAmountField):
        kwargs = {"form_class": QuantityField} | kwargs
    field = db_field.formfield(**kwargs)
    if field is None:
        return None
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    field.error_messages["required"] = f"{'Chọn' if chosen else 'Nhập'} {db_field.verbose_name}."
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = "Chọn…" if field.required else "Không chọn"
    if isinstance(field, forms.DateField) and not isinstance(field, forms.DateTimeField):
        field.widget = DateInput()
        field.error_messages["invalid"] = BAD_DATE
    return field


class ConstrainedModelForm(forms.ModelForm):
    """A ModelForm that checks every constraint of its model, whatever fields it shows.

    `constraint_fields` maps a rule's name to the field that shows its sentence; otherwise it stands above the form.
    `unchecked`: fields whose constraints only the database checks.
    """

    required_css_class = "required"
    constraint_fields: dict[str, str] = {}
    unchecked: tuple[str, ...] = ()

    def _post_clean(self):
        # Django checks a constraint only when the form shows all its fields: the others would end as an IntegrityError.
        self.instance.validate_constraints = lambda exclude=None: None
        try:
            super()._post_clean()
        finally:
            del self.instance.validate_constraints
        self.check_constraints()

    def check_constraints(self):
        """Every constraint whose fields were read, but for those of `unchecked`; each sentence beside its field."""
        try:
            self.instance.validate_constraints(exclude={*self.errors, *self.unchecked})
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                for one in errors:
                    self.add_error(self._field_for(one.code, name), one.messages)

    def add_refusal(self, refusal):
        """Show what the database refused beside its field."""
        self.add_error(self._field_for(refusal.code), refusal.sentence)

    def _field_for(self, code, name=None):
        name = self.constraint_fields.get(code, name)
        return name if name in self.fields else None


@contextmanager
def saving(form):
    """One transaction that ends with every deferred rule checked; a refusal lands in `form`, nothing half done.

    After the block ask `form.errors`: empty means that it was saved.
    """
    try:
        with transaction.atomic():
            yield
            connection.check_constraints()
    except (DatabaseError, refusals.RefusedError) as error:
        refusal = refusals.explain(error)
        if refusal.sentence == refusals.GENERAL and not refusal.code:
            raise
        form.add_refusal(refusal)
