"""Faults of what a scheme says of itself."""

from tests.factories import ProgrammeFactory, SchemeFactory, UnitFactory
from tests.faults.places import other_province
from tests.faults.planting import fault

TABLE = "programmes_scheme"


@fault("scheme-code-form")
def _():
    SchemeFactory(code="KC 17")


@fault("scheme-code-twice", f"{TABLE}.programmes_scheme_code_key")
def _():
    SchemeFactory(code="KC-40-2020-001"), SchemeFactory(code="KC-40-2020-001")


@fault("scheme-code-of-year-and-place")
def _():
    SchemeFactory(code="KC-40-2019-001")


@fault("scheme-year-in-range", f"{TABLE}.scheme_year_in_range")
def _():
    SchemeFactory(code="KC-40-2101-001", year=2101)


@fault("scheme-name-given", f"{TABLE}.scheme_name_given")
def _():
    SchemeFactory(name="")


@fault("scheme-province-of-year")
def _():
    SchemeFactory(code="KC-40-2007-001", year=2007)


@fault("scheme-unit-of-place")
def _():
    SchemeFactory(implementing_unit=UnitFactory(province=other_province()))


@fault("scheme-programme-of-place")
def _():
    SchemeFactory(programme=ProgrammeFactory(province=other_province()))


@fault("scheme-programme-of-year")
def _():
    SchemeFactory(code="KC-40-2021-001", year=2021, programme=ProgrammeFactory())
