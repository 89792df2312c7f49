"""Targets of a programme: how far they have come, how they are said, and who writes them down."""

import datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khuyencong.enums import Role
from programmes.models import Programme, ProgrammeGroup, ProgrammeTarget, TargetFigure
from programmes.targets.page import sections
from tests.factories import (
    ContentFactory,
    FacilityFactory,
    IndicatorFactory,
    ProgrammeFactory,
    ProvinceFactory,
    ResultFactory,
    SchemeFactory,
    UserFactory,
    walk,
)
from tests.pages import form_data, rows, sentences, soup
from tests.programmes.budget_factories import FigureFactory, GroupFactory, TargetFactory

pytestmark = pytest.mark.django_db
TODAY, LATER = datetime.date(2020, 6, 1), datetime.date(2021, 6, 1)
Measure, Relation = ProgrammeTarget.Measure, ProgrammeTarget.Relation


@pytest.fixture
def programme(staff):
    return ProgrammeFactory(province=staff.province)


def progress(target, user, today=TODAY):
    """The progress of one target as its programme's page has it."""
    found, *_ = sections(target.programme, user, today)
    return next(row for section in found for row in section.rows if row.target == target)


def scheme_with(programme, actual, code="KC03.04", **fields):
    """An approved scheme of the programme with one result."""
    defaults = {"programme": programme, "province": programme.province, "content": ContentFactory(code=code)}
    scheme = SchemeFactory(money={"province": 100}, **(defaults | fields))
    result = ResultFactory(scheme=scheme, planned=5)
    walk(scheme, "in_progress")
    result.actual = actual
    result.save()
    return scheme


def test_results_of_the_groups_contents_add_up(programme, staff):
    target = TargetFactory(programme=programme, group=GroupFactory(programme=programme))
    scheme_with(programme, 7)
    scheme_with(programme, 6)
    scheme_with(programme, 100, code="KC01.02")
    scheme_with(ProgrammeFactory(province=staff.province), 100)

    found = progress(target, staff)

    assert (found.value, found.percent, found.left, found.state) == (13, 65, 7, "chưa đạt")


def test_a_clause_in_a_group_stands_for_the_contents_under_it(programme, staff):
    clause = ContentFactory(code="KC03", name="Mô hình, chuyển giao")
    ContentFactory(code="KC03.05", group=clause)
    target = TargetFactory(programme=programme, group=GroupFactory(programme=programme, contents=[clause]))
    scheme_with(programme, 4, code="KC03.05")

    assert progress(target, staff).value == 4


def test_other_programmes_count_only_when_the_target_says_so(programme, staff):
    own = TargetFactory(programme=programme)
    wide = TargetFactory(programme=programme, counts_all=True)
    scheme_with(ProgrammeFactory(), 4, province=staff.province)

    assert (progress(own, staff).value, progress(wide, staff).value) == (0, 4)


def test_a_target_of_a_year_counts_that_year(programme, staff):
    target = TargetFactory(programme=programme, year=2019)
    scheme_with(programme, 4)
    scheme_with(programme, 3, year=2019)

    assert progress(target, staff).value == 3


def test_schemes_facilities_and_money_are_counted(programme, staff):
    measures = [Measure.SCHEMES, Measure.FACILITIES, Measure.MONEY]
    targets = [TargetFactory(programme=programme, measure=measure, low=2) for measure in measures]
    facility = FacilityFactory(province=staff.province)
    for state in ("approved", "settled", "submitted"):
        given = {"programme": programme, "province": staff.province, "benefits": {facility: 5}}
        SchemeFactory(money={"province": 100, "counterpart": 900}, state=state, **given)

    assert [progress(target, staff).value for target in targets] == [2, 1, 200]


def test_figures_by_hand_add_up_or_the_newest_counts(programme, staff):
    values = {}
    for measure in (Measure.HAND_SUM, Measure.HAND_LAST):
        target = TargetFactory(programme=programme, measure=measure, low=5, unit="%")
        for year, value in ((2018, 2), (2017, 4)):
            FigureFactory(target=target, year=year, value=value)
        values[measure] = progress(target, staff).value

    assert values == {Measure.HAND_SUM: 6, Measure.HAND_LAST: 2}


@pytest.mark.parametrize(
    ("relation", "low", "high", "value", "state"),
    [
        (Relation.EXACT, 20, None, 20, "đạt"),
        (Relation.EXACT, 20, None, 19, "chưa đạt"),
        (Relation.RANGE, 10, 12, 10, "đạt"),
        (Relation.RANGE, 10, 12, 15, "đạt"),
        (Relation.ABOVE, 500, None, 500, "chưa đạt"),
        (Relation.ABOVE, 500, None, 501, "đạt"),
        (Relation.ABOUT, 300, None, 299, "chưa đạt"),
        (Relation.AT_MOST, None, 5, 5, "trong mức"),
        (Relation.AT_MOST, None, 5, 6, "vượt mức"),
        (Relation.EXACT, 20, None, None, "chưa có số liệu"),
    ],
)
def test_when_a_target_is_reached(programme, staff, relation, low, high, value, state):
    target = TargetFactory(programme=programme, measure=Measure.HAND_LAST, relation=relation, low=low, high=high)
    if value is not None:
        FigureFactory(target=target, value=value)

    assert progress(target, staff).state == state


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"low": 20, "unit": "mô hình"}, "20 mô hình"),
        ({"relation": "range", "low": 10, "high": 12, "unit": "mô hình"}, "10 - 12 mô hình"),
        ({"relation": "range", "low": Decimal("2.5"), "high": 4, "unit": "%"}, "2,5 - 4 %"),
        ({"relation": "above", "low": 1500, "unit": "lượt"}, "trên 1.500 lượt"),
        ({"relation": "at_most", "low": None, "high": 5, "unit": "%"}, "không quá 5 %"),
        ({"relation": "about", "low": 45_880_000_000, "measure": "money", "unit": "đồng"}, "khoảng 45,88 tỷ đồng"),
        ({"low": 300_000_000, "measure": "money", "unit": "đồng"}, "300 triệu đồng"),
    ],
)
def test_a_target_is_said_as_its_document_says_it(programme, staff, fields, said):
    target = TargetFactory(programme=programme, **{"measure": "hand_sum"} | fields)

    assert progress(target, staff).said == said


def test_what_is_missed_turns_red_only_when_the_time_is_over(programme, staff):
    target = TargetFactory(programme=programme)

    assert progress(target, staff, TODAY).tone == "wait"
    assert progress(target, staff, LATER).tone == "bad"


def test_people_of_one_province_see_their_part_of_a_national_programme(staff):
    national = ProgrammeFactory()
    target = TargetFactory(programme=national)
    scheme_with(national, 4, province=staff.province)
    scheme_with(national, 50, province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    assert progress(target, staff).value == 4
    assert progress(target, UserFactory(province=None, role=Role.LEADER)).value == 54


def test_the_page_shows_targets_by_group_and_money_by_year(client, programme, staff):
    group = GroupFactory(programme=programme, name="Máy móc, thiết bị")
    TargetFactory(programme=programme, group=group, name="Máy", relation="range", low=10, high=12)
    TargetFactory(programme=programme, name="Kinh phí", measure="money", low=1_000_000_000, unit="đồng")
    TargetFactory(programme=programme, name="Kinh phí 2020", measure="money", low=400_000_000, year=2020, unit="đồng")
    scheme = scheme_with(programme, 6)
    assert scheme.funding_lines.get().approved_amount == 100
    client.force_login(staff)

    page = soup(client.get(programme_url(programme)))

    assert [title.get_text() for title in page.select(".card h2")][:2] == ["Máy móc, thiết bị", "Chỉ tiêu chung"]
    first = rows(page, ".targets tbody tr")[0]
    assert first[1:] == ["10 - 12 máy", "6 máy", "60,00%", "chưa đạt còn 4 máy"]
    money = {row[0]: row[1:3] for row in rows(page, "#funding tbody tr, #funding tfoot tr")}
    assert money["2020"] == ["400", "0,0001"]
    assert money["Cả giai đoạn"] == ["1.000", "0,0001"]


def programme_url(programme):
    return reverse("programmes:programme-detail", args=[programme.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_targets(client, programme, staff, count):
    for _ in range(count):
        TargetFactory(programme=programme, group=GroupFactory(programme=programme))
        FigureFactory(target__programme=programme)
        scheme_with(programme, 1)
    client.force_login(staff)

    with CaptureQueriesContext(connection) as asked:
        client.get(programme_url(programme))

    assert len(asked) == PINNED


PINNED = 15


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_programmes(client, staff, count):
    ProgrammeFactory.create_batch(count, province=staff.province)
    client.force_login(staff)

    with CaptureQueriesContext(connection) as asked:
        page = soup(client.get(reverse("programmes:programme-list")))

    assert len(rows(page, "#programmes tbody tr")) == count
    assert len(asked) == LIST_PINNED


LIST_PINNED = 5


# Writing


def test_staff_write_down_a_programme_its_groups_and_targets(client, staff):
    client.force_login(staff)
    new = reverse("programmes:programme-create")
    data = form_data(soup(client.get(new)), "form#programme") | {"name": "Chương trình khuyến công tỉnh"}
    client.post(new, data)
    programme = Programme.objects.get()
    assert (programme.province, programme.last_year - programme.first_year) == (staff.province, 4)

    content = ContentFactory()
    new = reverse("programmes:group-create", args=[programme.pk])
    client.post(new, {"name": "Máy móc", "position": "1", "contents": [content.pk]})
    group = ProgrammeGroup.objects.get()
    assert list(group.contents.all()) == [content]

    new = reverse("programmes:target-create", args=[programme.pk])
    indicator = IndicatorFactory()
    data = form_data(soup(client.get(new, {"group": group.pk})), "form#target")
    assert data["group"] == str(group.pk)
    changes = {"name": "Máy", "relation": "range", "low": "10", "high": "12", "unit": "máy", "indicator": indicator.pk}
    response = client.post(new, data | changes)
    target = ProgrammeTarget.objects.get()
    assert response.url == programme_url(programme)
    assert (target.low, target.high, target.year) == (10, 12, None)


def test_money_is_typed_as_the_document_writes_it(client, programme, staff):
    client.force_login(staff)
    new = reverse("programmes:target-create", args=[programme.pk])
    data = form_data(soup(client.get(new)), "form#target")
    client.post(
        new, data | {"name": "Kinh phí", "relation": "about", "low": "45,88 tỷ", "unit": "đồng", "measure": "money"}
    )

    assert ProgrammeTarget.objects.get().low == 45_880_000_000


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"relation": "range", "low": "10"}, "low"),
        ({"low": "10", "indicator": ""}, "indicator"),
        ({"low": "mười"}, "low"),
    ],
)
def test_the_form_says_what_is_wrong_beside_its_field(client, programme, staff, changes, field):
    client.force_login(staff)
    new = reverse("programmes:target-create", args=[programme.pk])
    data = form_data(soup(client.get(new)), "form#target")
    given = {"name": "Máy", "unit": "máy", "indicator": IndicatorFactory().pk}

    page = soup(client.post(new, data | given | changes))

    assert page.select_one(f"#id_{field}_error")
    assert not ProgrammeTarget.objects.exists()


def test_a_stale_target_is_refused(client, programme, staff):
    target = TargetFactory(programme=programme)
    target.save()
    client.force_login(staff)
    edit = reverse("programmes:target-edit", args=[target.pk])
    data = form_data(soup(client.get(edit)), "form#target")

    page = soup(client.post(edit, data | {"name": "Tên khác", "version": "1"}))

    assert "Người khác vừa sửa chỉ tiêu này" in " ".join(sentences(page))


def test_figures_by_hand_need_their_source_and_an_emptied_row_goes(client, programme, staff):
    target = FigureFactory(target__programme=programme, year=2018).target
    client.force_login(staff)
    url = reverse("programmes:target-figures", args=[target.pk])
    data = form_data(soup(client.get(url)), "form#figures")

    page = soup(client.post(url, data | {"y2019-value": "2,5"}))
    assert "Ghi nguồn số liệu" in " ".join(sentences(page))

    changes = {"y2019-value": "2,5", "y2019-note": "Báo cáo năm 2019", "y2018-value": "", "y2018-note": ""}
    client.post(url, data | changes)
    assert [(row.year, row.value) for row in TargetFigure.objects.all()] == [(2019, Decimal("2.5"))]


def test_a_group_with_targets_stays(client, programme, staff):
    group = GroupFactory(programme=programme)
    TargetFactory(programme=programme, group=group)
    client.force_login(staff)

    page = soup(client.post(reverse("programmes:group-delete", args=[group.pk]), follow=True))

    assert "Nhóm còn chỉ tiêu" in page.get_text()
    assert ProgrammeGroup.objects.exists()


def test_national_programmes_are_read_but_not_changed_in_the_portal(client, staff):
    programme = ProgrammeFactory()
    client.force_login(staff)

    assert client.get(programme_url(programme)).status_code == 200
    assert client.get(reverse("programmes:programme-edit", args=[programme.pk])).status_code == 404
    assert client.get(reverse("programmes:target-create", args=[programme.pk])).status_code == 404


def test_national_targets_are_changed_in_the_admin_by_administrators_of_all_provinces(client, administrator):
    target = TargetFactory(programme=ProgrammeFactory())
    url = reverse("admin:programmes_programmetarget_change", args=[target.pk])

    def may_save(user):
        client.force_login(user)
        return 'name="_save"' in client.get(url).content.decode()

    assert not may_save(administrator)
    assert may_save(UserFactory(role=Role.ADMINISTRATOR, province=None))


def test_the_workbook_says_what_the_page_says(client, programme, staff):
    TargetFactory(programme=programme, name="Máy", group=GroupFactory(programme=programme, name="Nhóm máy"))
    scheme_with(programme, 6)
    client.force_login(staff)

    response = client.get(reverse("reports:programme-export", args=[programme.pk]))

    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    lines = list(book["Chỉ tiêu"].iter_rows(values_only=True))
    assert any(line[0] == "Nhóm máy" for line in lines)
    [line] = [line for line in lines if line[0] == "Máy"]
    assert line[1:7] == ("cả giai đoạn", "20 máy", 6, "máy", 30, "chưa đạt")
