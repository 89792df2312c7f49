"""Reports by the boundaries of the time and of today: the same records, each counted once, to the đồng."""

import datetime
import io
import json
import re

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.boundaries import Boundaries, LineageMap
from khuyencong.enums import Role
from khuyencong.models import AgencyName, ProvinceLineage
from khuyencong.periods import FiveYears
from khuyencong.refusals import RefusedError
from reports import kinds, sources
from reports.coverage import Coverage
from reports.figures.period_summary import as_json, period_summary
from reports.forms import ReportForm
from reports.kinds.contract import Question
from tests.factories import LineageFactory, ProvinceFactory, UserFactory, all_sources
from tests.reports.builders import subject
from tests.reports.worlds import FIRST_DAY, LAST_DAY, confirmed, decided, merged

PERIOD = FiveYears(2016)
CUT_OFF = datetime.date(2026, 1, 1)
really = pytest.mark.django_db(transaction=True)


def run(*arguments, period="2016-2020", **options):
    out = io.StringIO()
    call_command("build_report", "giai-doan", *arguments, period=period, stdout=out, **options)
    return out.getvalue()


def found(*arguments, **options):
    return json.loads(run("--json", *arguments, **options))


def figures(province=None, boundaries="as_was", period=PERIOD):
    """What a report of the province says, by the same code as the command, inside the test's transaction."""
    rows = sources.read(Question(Coverage(province, boundaries), period, CUT_OFF))
    return period_summary(rows, subject(period=period))


def lines(summary):
    return {line.place.name: (line.schemes, line.total) for line in summary.territories.lines}


@pytest.fixture
def world(db):
    """Phú Thọ of now and its three parts, with schemes, money outside schemes and money that is no support."""
    all_sources()
    now, former = merged()
    decided(former["17"], national=300_000_001, counterpart=999)
    decided(former["25"], province=200_000_010)
    decided(former["25"], province=50_000_100, national=1)
    decided(former["26"], province=100_001_000)
    confirmed(former["26"], 7_000_000)
    decided(ProvinceFactory(), province=5_000_000_000)
    return now, former


# The command


@really
def test_the_report_of_a_merged_province_adds_up_what_it_was(world):
    report = found(province="25", boundaries="today")

    assert (report["boundaries"], report["boundaries_label"]) == ("today", "Theo địa giới hiện nay")
    assert report["territory"] == {"code": "25", "name": "tỉnh Phú Thọ"}
    assert [(one["code"], one["name"], one["schemes"], one["amount"]) for one in report["territories"]] == [
        ("17", "Hòa Bình (đến 30/06/2025)", 1, 300_000_001),
        ("25", "Phú Thọ (đến 30/06/2025)", 2, 250_000_111),
        ("26", "Vĩnh Phúc (đến 30/06/2025)", 1, 107_001_000),
    ]
    assert (report["overview"]["schemes"], report["overview"]["amount"]) == (4, 657_001_112)
    assert report["overview"]["other_sources"][0]["amount"] == 999
    assert report["territories"][2]["amounts"] == {"national": 0, "province": 100_001_000, "district": 7_000_000}


@really
def test_without_boundaries_the_code_is_that_of_the_time_and_only_its_own_records_count(world):
    report = found(province="25")

    assert (report["boundaries"], report["boundaries_label"]) == ("as_was", "Địa giới tại thời điểm")
    assert (report["overview"]["schemes"], report["overview"]["amount"]) == (2, 250_000_111)
    assert [one["valid_to"] for one in report["territories"]] == ["2025-06-30"]


@really
def test_the_whole_country_is_the_same_to_the_dong_by_both(world):
    was, today = found(), found(boundaries="today")

    assert was["overview"] == today["overview"]
    assert [(one["name"], one["amount"]) for one in today["territories"]] == [
        ("Nghệ An", 5_000_000_000),
        ("Phú Thọ", 657_001_112),
    ]
    assert len(was["territories"]) == 4
    assert sum(one["amount"] for one in was["territories"]) == was["overview"]["amount"]


@really
def test_a_terminal_and_a_workbook_tell_the_parts_apart(world, tmp_path):
    path = tmp_path / "phu-tho.xlsx"

    words = run(province="25", boundaries="today", output=path)

    assert "Theo địa giới hiện nay" in words
    assert "  Vĩnh Phúc (đến 30/06/2025): 1 đề án, 107.001.000 đồng" in words.splitlines()
    sheet = openpyxl.load_workbook(path)["Theo địa bàn"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["KẾT QUẢ THEO ĐỊA BÀN TẠI THỜI ĐIỂM"] in rows
    assert ["Phú Thọ (đến 30/06/2025)", 2, 1, 250_000_110, 0, 250_000_111, 38.05] in rows
    assert ["Tổng cộng", 4, 300_000_002, 350_001_110, 7_000_000, 657_001_112, 100] in rows


@really
def test_one_province_alone_has_no_table_of_places(world, tmp_path):
    path = tmp_path / "mot-tinh.xlsx"

    assert "Theo địa bàn" not in run(province="17", output=path)
    assert "Theo địa bàn" not in openpyxl.load_workbook(path).sheetnames


@really
def test_what_boundaries_cannot_answer_is_said_in_a_sentence(world):
    """Code 25 of 2021-2025 is the new Phú Thọ; of a period before it the advice names its parts."""
    _, former = world
    with pytest.raises(CommandError, match="Không có tỉnh, thành phố nào mang mã “17”"):
        run(province="17", boundaries="today")

    sentences = []
    for province, boundaries in ((world[0], "as_was"), (former["17"], "today")):
        with pytest.raises(RefusedError) as refused:
            Coverage(province, boundaries).check(PERIOD)
        sentences.append(str(refused.value))
    assert sentences == [
        "Tỉnh Phú Thọ (từ 01/07/2025) chưa có trong giai đoạn 2016 - 2020: chọn theo địa giới hiện nay, "
        "hoặc chọn một trong các tỉnh, thành phố trước đây: Hòa Bình, Phú Thọ, Vĩnh Phúc.",
        "Theo địa giới hiện nay, tỉnh Hòa Bình thuộc tỉnh Phú Thọ. Hãy chọn tỉnh Phú Thọ, "
        "hoặc chọn theo địa giới tại thời điểm.",
    ]
    with pytest.raises(RefusedError, match=re.escape("Tỉnh Hòa Bình không còn là đơn vị hành chính")):
        Coverage(former["17"]).check(FiveYears(2026))


# Which records, under which place


def test_a_province_under_another_name_or_status_is_one_place(db):
    """Quảng Ninh became a city on 1/9/2026: its records of before are its own, and a document names it by its day."""
    all_sources()
    before = ProvinceFactory(code="22", name="Quảng Ninh", valid_to=datetime.date(2026, 8, 31))
    city = ProvinceFactory(code="22", name="Quảng Ninh", kind="city", valid_from=datetime.date(2026, 9, 1))
    LineageFactory(predecessor=before, successor=city, kind=ProvinceLineage.Kind.STATUS)
    decided(before, province=5)

    for boundaries in Boundaries.values:
        assert lines(figures(city, boundaries)) == lines(figures(before, boundaries)) == {"Quảng Ninh": (1, 5)}
    coverage = Coverage(city)
    assert coverage.named_in(PERIOD, datetime.date(2026, 11, 22)).full_name == "tỉnh Quảng Ninh"
    assert Coverage(before).heir(datetime.date(2026, 11, 22)).full_name == "thành phố Quảng Ninh"
    assert Coverage(before).heir(datetime.date(2026, 8, 31)).full_name == "tỉnh Quảng Ninh"


def test_what_a_division_scattered_is_counted_but_not_guessed(db):
    all_sources()
    old = ProvinceFactory(code="60", name="Tỉnh Rộng", valid_to=LAST_DAY)
    parts = [ProvinceFactory(code=code, name=f"Tỉnh {code}", valid_from=FIRST_DAY) for code in ("61", "62")]
    for part in parts:
        LineageFactory(predecessor=old, successor=part, kind=ProvinceLineage.Kind.DIVIDED)
    decided(old, province=150)
    confirmed(old, 50)

    assert lines(figures(None, "today")) == {"Chưa xác định theo địa giới hiện nay": (1, 200)}
    assert lines(figures(None, "as_was")) == {"Tỉnh Rộng (đến 30/06/2025)": (1, 200)}
    assert figures(parts[0], "today").overview.amount == 0
    with pytest.raises(RefusedError, match="đã được chia cho nhiều đơn vị"):
        Coverage(old, "today").check(PERIOD)
    found = as_json(figures(None, "today"))["territories"][0]
    assert (found["province"], found["code"], found["amount"]) == (None, None, 200)


KINDS = [kind.value for kind in ProvinceLineage.Kind]


@st.composite
def _links(draw, old, size):
    """(old, new, kind): whole into one, or divided among some."""
    kind = draw(st.sampled_from(KINDS))
    most = size if kind == ProvinceLineage.Kind.DIVIDED else 1
    news = draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=most))
    return [(old, new, kind) for new in sorted(news)]


@st.composite
def lineages(draw):
    """Four provinces of before, three after the first reform, two after the second, linked at random, with amounts."""
    steps = [[link for old in range(count) for link in draw(_links(old, size))] for count, size in ((4, 3), (3, 2))]
    schemes = draw(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 10**12)), min_size=1, max_size=4))
    plans = draw(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 10**12)), max_size=2))
    return steps, schemes, plans


def build_world(steps, schemes, plans):
    """The provinces of three generations, linked, with schemes and money outside schemes."""
    ends = [(datetime.date(2008, 8, 1), datetime.date(2016, 12, 31))]
    ends += [(datetime.date(2017, 1, 1), datetime.date(2018, 12, 31)), (datetime.date(2019, 1, 1), None)]
    generations, code = [], 10
    for size, (start, end) in zip((4, 3, 2), ends, strict=True):
        generations.append(
            [
                ProvinceFactory(code=str(code + n), name=f"Tỉnh {code + n}", valid_from=start, valid_to=end)
                for n in range(size)
            ]
        )
        code += size
    for olds, news, links in zip(generations, generations[1:], steps, strict=False):
        for old, new, kind in links:
            LineageFactory(predecessor=olds[old], successor=news[new], kind=kind)
    provinces = [*generations[0], *generations[1], *generations[2]]
    years = [2016] * 4 + [2018] * 3 + [2020] * 2
    for place, amount in schemes:
        decided(provinces[place], province=amount, year=years[place])
    for place, amount in plans:
        confirmed(provinces[place], amount, year=years[place])
    return provinces


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(lineages())
def test_whatever_the_lineage_both_boundaries_add_up_to_the_dong(db, drawn):
    steps, schemes, plans = drawn
    expected = sum(amount for _, amount in (*schemes, *plans))
    with transaction.atomic():
        all_sources()
        provinces = build_world(steps, schemes, plans)
        whole = {boundaries: figures(None, boundaries) for boundaries in Boundaries.values}
        heirs = {LineageMap.of_provinces().today(one.pk) for one in provinces} - {None}
        parts = [figures(one, "today") for one in provinces if one.pk in heirs]
        transaction.set_rollback(True)

    for summary in whole.values():
        assert summary.overview.amount == summary.territories.total.total == expected
        assert sum(line.total for line in summary.territories.lines) == expected
        assert sum(line.schemes for line in summary.territories.lines) == len(schemes)
    undecided = [line for line in whole["today"].territories.lines if line.place.id is None]
    known = sum(part.overview.amount for part in parts)
    assert known + sum(line.total for line in undecided) == expected
    assert all(sum(line.total for line in part.territories.lines) == part.overview.amount for part in parts)


# The form, the names of agencies


def form(user, **changes):
    data = {"kind": "giai-doan", "boundaries": "as_was", "period": "2016-2020", "cut_off": "31/12/2020"}
    return ReportForm(data | changes, user=user, kind=kinds.find("giai-doan"))


def test_a_province_that_swallowed_others_is_offered_by_todays_boundaries_first(world):
    now, _ = world

    def initial(province):
        user = UserFactory(province=province)
        return ReportForm(user=user, kind=kinds.find("giai-doan")).initial["boundaries"]

    assert initial(now) == "today"
    assert initial(ProvinceFactory()) == "as_was"
    assert initial(None) == "as_was"


def test_the_form_says_why_boundaries_do_not_fit_and_what_to_choose(world):
    now, former = world
    leader = UserFactory(role=Role.LEADER, province=None)

    assert "chưa có trong giai đoạn 2016 - 2020" in form(leader, province=now.pk).errors["province"][0]
    assert "Hãy chọn tỉnh Phú Thọ" in form(leader, province=former["17"].pk, boundaries="today").errors["province"][0]
    assert form(leader, province=now.pk, boundaries="today").is_valid()
    assert form(leader, province=former["17"].pk).is_valid()


def test_the_other_boundaries_are_another_report(world, asked):
    now, former = world
    leader = UserFactory(role=Role.LEADER, province=None)
    asked(province=now, boundaries="today", requested_by=leader)

    assert form(leader, province=former["25"].pk).is_valid()
    refused = form(leader, province=now.pk, boundaries="today")
    assert refused.non_field_errors() == ["Báo cáo này đang được lập. Hãy đợi nó xong rồi lập lại."]
    assert refused.running().boundaries == "today"


@really
def test_a_document_names_agencies_as_they_are_called_on_its_day(world, tmp_path):
    yesterday = datetime.date(2025, 1, 1)
    for kind, name, valid_from, valid_to in (
        ("department", "Sở Công nghiệp", None, yesterday),
        ("department", "Sở Kinh tế", datetime.date(2025, 1, 2), None),
        ("ministry", "Bộ Thử nghiệm", None, None),
        ("centre", "Trung tâm mẫu", None, None),
    ):
        AgencyName.objects.create(kind=kind, name=name, valid_from=valid_from, valid_to=valid_to)
    path = tmp_path / "ten.xlsx"

    run(province="17", output=path)

    texts = [cell for row in openpyxl.load_workbook(path)["Tổng quan"].iter_rows(values_only=True) for cell in row]
    assert texts[0] == "UBND TỈNH PHÚ THỌ"
    assert "SỞ KINH TẾ" in texts
    assert "- Nơi nhận: Bộ Thử nghiệm; UBND tỉnh Phú Thọ; Trung tâm mẫu; lưu." in texts
