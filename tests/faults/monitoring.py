"""Faults of figures after support and of decisions about warnings."""

from decimal import Decimal

from tests.factories import SchemeFactory
from tests.faults.planting import change, fault
from tests.programmes.monitoring_factories import DecisionFactory, MonitoringFactory, supported

RECORD, DECISION = "programmes_monitoringrecord", "programmes_warningdecision"


@fault("monitoring-of-its-stage")
def _():
    MonitoringFactory(benefit=supported("in_progress"))


@fault("monitoring-of-its-stage")
def _():
    MonitoringFactory(benefit=supported("submitted"), year=2019, is_before=True)


@fault("monitoring-of-its-years")
def _():
    MonitoringFactory(year=2020)


@fault("monitoring-of-its-years")
def _():
    MonitoringFactory(year=2021, is_before=True)


@fault("monitoring-year-closed")
def _():
    MonitoringFactory(year=2099)


@fault("monitoring-once", f"{RECORD}.monitoring_year_once")
def _():
    MonitoringFactory(benefit=MonitoringFactory().benefit)


@fault("monitoring-once", f"{RECORD}.monitoring_before_once")
def _():
    first = MonitoringFactory(year=2019, is_before=True)
    MonitoringFactory(benefit=first.benefit, year=2018, is_before=True)


@fault("monitoring-figures", f"{RECORD}.monitoring_revenue_not_negative")
def _():
    MonitoringFactory(revenue=-1)


@fault("monitoring-figures", f"{RECORD}.monitoring_says_something")
def _():
    MonitoringFactory(revenue=None, jobs=None)


@fault("monitoring-figures", f"{RECORD}.monitoring_productivity_has_unit")
def _():
    MonitoringFactory(productivity=Decimal(5))


@fault("monitoring-figures", f"{RECORD}.monitoring_export_within_revenue")
def _():
    MonitoringFactory(revenue=5, export_value=6)


@fault("monitoring-figures", f"{RECORD}.monitoring_export_of_an_exporter")
def _():
    MonitoringFactory(is_exporter=False, export_value=6)


@fault("monitoring-figures", f"{RECORD}.monitoring_figures_source_given")
def _():
    MonitoringFactory(figures_source="")


@fault("warning-decision-kept")
def _():
    change(DecisionFactory(), reason="Lý do khác")


@fault("warning-decision-one-stands", f"{DECISION}.warning_decision_once")
def _():
    first = DecisionFactory()
    DecisionFactory(key=first.key, province=first.province)


@fault("warning-decision-one-stands")
def _():
    DecisionFactory(key="a", replaces=DecisionFactory(key="b"))


@fault("warning-decision-by-another")
def _():
    scheme = SchemeFactory()
    DecisionFactory(scheme=scheme, by=scheme.created_by)


@fault("warning-decision-by-another", f"{DECISION}.warning_decision_reason_given")
def _():
    DecisionFactory(reason="")
