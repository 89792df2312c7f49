"""Faults of reports."""

import datetime
import uuid

from django.utils import timezone

from khuyencong.periods import FiveYears
from reports import storage
from reports.models import Report
from tests.factories import ProvinceFactory, UserFactory
from tests.faults.planting import change, fault, stamp

FIGURES = {
    "overview": {"schemes": 1, "amount": 5, "by_source": [{"amount": 2}, {"amount": 3}]},
    "by_year": [{"total": 1}, {"total": 4}],
    "schemes": [{"code": "KC-40-2020-001"}],
}
HOURS = datetime.timedelta(hours=2)


def asked(**values):
    """A report of Nghệ An, queued unless said otherwise."""
    return Report.objects.create(
        **{
            "kind": "giai-doan",
            "province": ProvinceFactory(),
            "period": FiveYears(2016),
            "cut_off": datetime.date(2021, 1, 1),
            "requested_by": UserFactory(),
        }
        | values
    )


def done(**figures):
    """A finished report with its file; `figures` replace parts of its figures."""
    stored = storage.keep(1, lambda file: file.write(b"mot bao cao"))
    now = timezone.now()
    return asked(
        status="done",
        finished_at=now,
        data_as_of=now,
        figures=FIGURES | figures,
        file_name=stored.name,
        file_size=stored.size,
        sha256=stored.sha256,
    )


@fault("report-done-has-file", "reports_report.report_done_has_file")
def _():
    change(done(), file_name="")


@fault("report-file-intact")
def _():
    done().path.write_bytes(b"da sua")


@fault("report-failed-says-why", "reports_report.report_failed_says_why")
def _():
    asked(status="failed")


@fault("report-building-has-worker")
def _():
    change(done(), worker=uuid.uuid4(), lease_until=timezone.now())


@fault("report-lease-old")
def _():
    asked(status="building", worker=uuid.uuid4(), lease_until=timezone.now() - HOURS)


@fault("report-waiting-long")
def _():
    stamp(asked(), requested_at=timezone.now() - HOURS)


@fault("report-sources-add-up")
def _():
    done(overview={"schemes": 1, "amount": 5, "by_source": [{"amount": 3}]})


@fault("report-years-add-up")
def _():
    done(by_year=[{"total": 4}])


@fault("report-schemes-listed")
def _():
    done(schemes=[])


@fault("report-done-has-file", "reports_report.report_done_has_file")
def _():
    change(done(), data_as_of=None)


@fault("report-file-intact")
def _():
    done().path.unlink()


@fault("report-building-has-worker", "reports_report.report_building_has_worker")
def _():
    asked(status="building")
