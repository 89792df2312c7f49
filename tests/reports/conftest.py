"""Files of reports go to a folder of each test's own; a world with one decided scheme to report."""

import datetime

import pytest

from khuyencong.periods import FiveYears
from reports.models import Report
from tests.factories import ProvinceFactory, SchemeFactory, UserFactory, all_sources

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def reports_folder(settings, tmp_path):
    settings.REPORTS_DIR = tmp_path / "reports"
    return settings.REPORTS_DIR


@pytest.fixture
def decided(db):
    """A scheme of Nghệ An of 2020 with 150 đồng of the province."""
    all_sources()
    return SchemeFactory(money={"province": 150, "counterpart": 70}, state="approved")


@pytest.fixture
def asked(db):
    """Makes a queued report: `asked()` is Nghệ An's of 2016-2020; other columns by name."""

    def ask(**columns):
        province = columns.pop("province", None) or ProvinceFactory()
        columns.setdefault("requested_by", None)
        columns["requested_by"] = columns["requested_by"] or UserFactory(province=province)
        period = columns.pop("period", FiveYears(2016))
        values = {"kind": "giai-doan", "province": province, "cut_off": TODAY}
        return Report.objects.create(**values | {"period": period} | columns)

    return ask
