"""Rules about one row, said once: each returns a named CheckConstraint with its sentence."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Coalesce, Greatest


def not_negative(model, field, label):
    """`field` is NULL or at least zero."""
    return models.CheckConstraint(
        name=f"{model}_{field}_not_negative",
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}),
        violation_error_code=f"{model}_{field}_not_negative",
        violation_error_message=f"{label} không được âm.",
    )


def dates_in_order(model, earlier, later, message):
    """Both dates given: `earlier` is not after `later`."""
    name = f"{model}_{earlier}_before_{later}"
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__isnull": True})
        | Q(**{f"{later}__gte": F(earlier)}),
        violation_error_code=name,
        violation_error_message=message,
    )


def both_or_neither(model, first, second, message):
    """Both fields are given or both are empty (NULL)."""
    name = f"{model}_{first}_with_{second}"
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        violation_error_code=name,
        violation_error_message=message,
    )


def not_blank(model, field, message):
    """`field` holds more than spaces."""
    name = f"{model}_{field}_given"
    return models.CheckConstraint(
        name=name,
        condition=~Q(**{field: ""}),
        violation_error_code=name,
        violation_error_message=message,
    )


class IsNfc(Func):
    """SQL `text IS NFC NORMALIZED`: Vietnamese typed on another system is stored one way only."""

    template = "(%(expressions)s IS NFC NORMALIZED)"
    output_field = models.BooleanField()


def nfc(model, field):
    """`field` is in Unicode form NFC, so that equal names are equal."""
    name = f"{model}_{field}_nfc"
    return models.CheckConstraint(
        name=name,
        condition=Q(IsNfc(Coalesce(F(field), Value("")))),
        violation_error_code=name,
        violation_error_message="Chữ chưa ở dạng Unicode dựng sẵn (NFC). Hãy gõ lại hoặc dán dưới dạng văn bản thường.",
    )


def validity():
    """SQL: the days from `valid_from` to `valid_to`, both included; an empty end is open.

    Reversed days are one day here: it is another rule that refuses them, and its sentence that a person should read.
    """
    last = Case(When(valid_to__isnull=True, then=None), default=Greatest("valid_to", "valid_from"))
    return Func(F("valid_from"), last, Value("[]"), function="daterange", output_field=DateRangeField())
