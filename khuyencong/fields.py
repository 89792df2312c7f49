"""Model fields that keep text and money as the office means them, whatever door they come through."""

from django.db import models

from khuyencong import text


class CleanCharField(models.CharField):
    """One line of text: NFC, single spaces, no invisible characters."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return text.clean(value) if value is not None else None

    def to_python(self, value):
        value = super().to_python(value)
        return text.clean(value) if value is not None else None


class CleanTextField(models.TextField):
    """Several lines of text in NFC."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return text.nfc(value).strip() if value is not None else None


class DerivedTextField(models.CharField):
    """Text computed from other fields of the row at each save; never typed, never shown in a form."""

    def __init__(self, sources, derive, **kwargs):
        self.sources, self.derive = tuple(sources), derive
        kwargs |= {"editable": False, "max_length": kwargs.get("max_length", 600), "default": ""}
        super().__init__(**kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs |= {"sources": self.sources, "derive": self.derive}
        return name, path, args, kwargs

    def pre_save(self, model_instance, add):
        joined = " ".join(str(getattr(model_instance, source) or "") for source in self.sources)
        value = self.derive(joined)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class SearchKeyField(DerivedTextField):
    """What people search in: without diacritics, case and punctuation (`khuyencong.text.search_key`)."""

    def __init__(self, sources, **kwargs):
        kwargs.pop("derive", None)
        super().__init__(sources, text.search_key, **kwargs)


class SortKeyField(DerivedTextField):
    """What a list is sorted by: Vietnamese dictionary order under PostgreSQL's C collation."""

    def __init__(self, sources, **kwargs):
        kwargs.pop("derive", None)
        kwargs.setdefault("db_collation", "C")
        super().__init__(sources, text.sort_key, **kwargs)


class AmountField(models.DecimalField):
    """Whole đồng, up to 18 digits. Units such as triệu đồng are a matter of layout."""

    def __init__(self, *args, **kwargs):
        kwargs |= {"max_digits": 18, "decimal_places": 0}
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        from khuyencong.forms import AmountField as AmountFormField  # noqa: PLC0415  forms import Django's forms

        return models.Field.formfield(self, form_class=AmountFormField, **kwargs)
