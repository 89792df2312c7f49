"""What a person may choose when asking for a report."""

import datetime

import pytest
from django.utils import timezone

from khuyencong.enums import Role
from khuyencong.models import ProvinceLineage
from khuyencong.periods import FiveYears
from reports import kinds
from reports.forms import ReportForm
from tests.factories import LineageFactory, ProvinceFactory, SchemeFactory, UserFactory

SUMMARY = kinds.find("giai-doan")


def form(user, **changes):
    data = {
        "kind": "giai-doan",
        "province": user.province_id or "",
        "boundaries": "as_was",
        "period": "2016-2020",
        "cut_off": "31/12/2020",
    }
    return ReportForm(data | changes, user=user, kind=SUMMARY)


def offered(user):
    return [label for _, label in ReportForm(user=user, kind=SUMMARY).fields["province"].choices]


def test_periods_run_from_2011_to_today():
    assert SUMMARY.offered_periods(datetime.date(2026, 11, 22)) == [
        FiveYears(year) for year in (2011, 2016, 2021, 2026)
    ]


def test_a_right_request_is_read_as_places_and_days(staff):
    asked = form(staff)

    assert asked.is_valid()
    assert asked.cleaned_data == {
        "kind": "giai-doan",
        "province": staff.province,
        "boundaries": "as_was",
        "period": FiveYears(2016),
        "cut_off": datetime.date(2020, 12, 31),
    }


def test_people_of_a_province_are_offered_it_and_those_merged_into_it(staff):
    old = ProvinceFactory(code="41", name="Hà Cũ")
    LineageFactory(predecessor=old, successor=staff.province)
    ProvinceFactory(code="42", name="Hà Tĩnh")

    assert offered(staff) == ["Nghệ An", "Hà Cũ (đến 30/06/2020)"]
    assert ReportForm(user=staff, kind=SUMMARY).initial["province"] == staff.province_id


def test_a_place_that_only_changed_its_paper_is_offered_once(staff):
    before = ProvinceFactory(name="Nghệ An", valid_from=datetime.date(1991, 1, 1), valid_to=datetime.date(2008, 7, 31))
    LineageFactory(predecessor=before, successor=staff.province, kind=ProvinceLineage.Kind.UNCHANGED)

    assert offered(staff) == ["Nghệ An"]


def test_people_of_all_provinces_are_offered_the_whole_country(db):
    ProvinceFactory(code="42", name="Hà Tĩnh")
    leader = UserFactory(role=Role.LEADER, province=None)

    assert offered(leader) == ["Toàn quốc", "Hà Tĩnh"]
    assert form(leader).is_valid()


def test_another_province_cannot_be_chosen(staff):
    other = ProvinceFactory(code="42", name="Hà Tĩnh")

    assert list(form(staff, province=other.pk).errors) == ["province"]
    assert list(form(staff, province="").errors) == ["province"]


def test_the_newest_period_that_is_over_and_has_schemes_is_chosen_beforehand(staff):
    assert ReportForm(user=staff, kind=SUMMARY).initial["period"] == FiveYears(2026).code

    SchemeFactory(year=2018, money={"province": 5}, state="approved")
    SchemeFactory(year=2022, money={"province": 5})

    assert ReportForm(user=staff, kind=SUMMARY).initial["period"] == "2016-2020"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"period": "2015-2019"}, "period", "Hãy chọn"),
        ({"period": "2036-2040"}, "period", "Hãy chọn"),
        ({"cut_off": "31/12/2015"}, "cut_off", "Ngày số liệu phải từ 01/01/2016"),
        ({"cut_off": "31/02/2016"}, "cut_off", "Không có ngày này"),
        ({"kind": "khac"}, "kind", "Hãy chọn"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(staff, changes, field, sentence):
    asked = form(staff, **changes)

    assert list(asked.errors) == [field]
    assert sentence in asked.errors[field][0]


def test_a_day_to_come_is_refused(staff):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    assert form(staff, cut_off=f"{tomorrow:%d/%m/%Y}").errors["cut_off"] == ["Ngày số liệu không được ở tương lai."]
    assert form(staff, cut_off=f"{timezone.localdate():%d/%m/%Y}").is_valid()


def test_a_province_that_was_gone_before_the_period_is_refused(staff):
    old = ProvinceFactory(code="41", name="Hà Cũ", valid_to=datetime.date(2015, 12, 31))
    staff.province.valid_from = datetime.date(2016, 1, 1)
    staff.province.save()
    LineageFactory(predecessor=old, successor=staff.province)

    assert "không còn là đơn vị hành chính" in form(staff, province=old.pk).errors["province"][0]
    assert form(staff, province=old.pk, period="2011-2015", cut_off="31/12/2015").is_valid()


def test_the_same_report_that_is_being_built_is_found(staff, asked):
    running = asked(province=staff.province)

    refused = form(staff)

    assert refused.non_field_errors() == ["Báo cáo này đang được lập. Hãy đợi nó xong rồi lập lại."]
    assert refused.running() == running
    assert form(staff, period="2021-2025", cut_off="01/01/2024").is_valid()
