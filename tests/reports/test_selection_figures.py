"""Product selection on rows made by hand, and what must hold whatever the rows."""

import datetime
from dataclasses import replace
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from fairs.enums import ProductGroup
from khuyencong.funnel import LevelName
from khuyencong.periods import Year
from reports import kinds, workbook
from reports.figures.rows import Subject
from reports.figures.selection import count, selection_report
from reports.figures.selection_rows import CertificateRow, CommendationRow, EntryRow, RoundRow, SelectionRows
from reports.layouts.selection import sheets, terminal_lines
from tests.reports.builders import HERE, MORNING, NGHE_AN

LEVELS = (
    LevelName("district", "Cấp huyện", 1),
    LevelName("province", "Cấp tỉnh", 2),
    LevelName("region", "Cấp khu vực", 3),
)
OPENS, DECIDED = datetime.date(2019, 12, 20), datetime.date(2020, 3, 2)
PROVINCIAL = RoundRow(1, 1, "Đợt 2020", 2020, "province", "", "Nghệ An", OPENS, DECIDED, "12/QĐ", territory=HERE)
REGIONAL = replace(PROVINCIAL, id=2, level="region", place="Phía Bắc")


def entry(id, round=PROVINCIAL, *, product=None, facility=None, group="food", won=False, rests_on=None, revoked=False):
    given = CertificateRow(
        100 + id, f"{id:02d}/GCN", DECIDED, datetime.date(2023, 12, 31), DECIDED if revoked else None
    )
    return EntryRow(
        id,
        round,
        product or id,
        f"Sản phẩm {product or id}",
        group,
        facility or id,
        f"Cơ sở {facility or id}",
        is_recognised=won,
        certificate=given if won else None,
        rests_on=rests_on,
    )


ENTRIES = (
    entry(1, won=True),
    entry(2, facility=1, group="craft"),
    entry(3, won=True, revoked=True),
    entry(4, REGIONAL, product=1, facility=1, won=True, rests_on=101),
)
COMMENDED = (
    CommendationRow("Chủ tịch UBND tỉnh", "collective", 5, 2020, "05 tập thể"),
    CommendationRow("Chủ tịch UBND tỉnh", "individual", 12, 2020, "12 cá nhân"),
)


def report(entries=ENTRIES, rounds=(PROVINCIAL, REGIONAL), commendations=COMMENDED):
    subject = Subject("binh-chon", "Báo cáo bình chọn sản phẩm", NGHE_AN, Year(2020), MORNING.date(), MORNING)
    return selection_report(SelectionRows(LEVELS, dict(ProductGroup.choices), rounds, entries, commendations), subject)


def book(found):
    file = BytesIO()
    workbook.write(sheets(found), file)
    return load_workbook(file)


def test_a_round_counts_for_the_year_of_its_decision_else_of_its_opening():
    assert PROVINCIAL.year == 2020
    assert replace(PROVINCIAL, decided_on=None).year == 2019


def test_a_product_that_won_twice_is_one_product_and_its_maker_one_organisation():
    total = report().total
    assert (total.cycles, total.rounds, total.dossiers, total.products) == (1, 2, 4, 3)
    assert (total.facilities, total.recognised, total.organisations, total.certified, total.revoked) == (2, 2, 2, 2, 1)


def test_levels_count_each_for_itself():
    province, region = report().levels
    assert (province.name, province.counts.dossiers, province.counts.recognised) == ("Cấp tỉnh", 3, 2)
    assert (region.name, region.counts.dossiers, region.counts.organisations) == ("Cấp khu vực", 1, 1)


def test_the_form_has_two_blocks_of_four_groups_by_level():
    found = report()
    assert [level.name for level in found.form_levels] == ["Cấp huyện", "Cấp tỉnh", "Cấp khu vực"]
    assert [row.number for row in found.form] == ["I", "1", "2", "3", "4", "II", "1", "2", "3", "4"]
    assert [row.values for row in found.form][:3] == [(0, 3, 1), (0, 1, 0), (0, 2, 1)]
    assert found.form[5].values == (0, 2, 1)


def test_commendations_are_added_up_by_count():
    (one,) = report().commended
    assert (one.level, one.collectives, one.individuals) == ("Chủ tịch UBND tỉnh", 5, 12)


def test_the_workbook_lists_certificates_with_their_validity():
    sheet = book(report())["Sản phẩm được cấp giấy"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    listed = [line for line in lines if str(line[0]).endswith("/GCN")]
    assert [line[0] for line in listed] == ["01/GCN", "03/GCN", "04/GCN"]
    assert listed[1][7:10] == ["02/03/2020", "31/12/2023", "02/03/2020"]


def test_the_signed_form_says_how_a_round_gets_its_year():
    found = book(report())
    assert found.sheetnames == ["Kết quả bình chọn", "Theo cấp, đợt", "Sản phẩm được cấp giấy", "Khen thưởng"]
    texts = [cell.value for row in found["Kết quả bình chọn"].iter_rows() for cell in row if cell.value]
    assert any("tính vào năm của quyết định công nhận" in str(text) for text in texts)


def test_json_tells_dossiers_of_a_level_from_those_of_all_levels():
    plain = kinds.find("binh-chon").as_json(report())
    assert plain["levels"][0]["dossiers"] == 3
    assert (plain["total"]["dossiers_of_all_levels"], plain["total"]["products"]) == (4, 3)
    assert plain["commendations"]["individuals"] == 12
    assert [one["number"] for one in plain["schemes"]] == ["01/GCN", "03/GCN", "04/GCN"]


def test_nothing_held_is_an_empty_report_with_its_form():
    found = report((), (), ())
    assert (found.levels, found.steps, found.explanations) == ((), (), ())
    assert [level.code for level in found.form_levels] == ["district", "province"]
    assert {row.values for row in found.form} == {(0, 0)}
    assert book(found).sheetnames == ["Kết quả bình chọn", "Theo cấp, đợt", "Sản phẩm được cấp giấy"]
    assert list(terminal_lines(found))


def test_names_that_begin_like_a_formula_stay_text():
    odd = replace(ENTRIES[0], product="=1+1", facility="@SUM(A1)")
    cells = [cell for row in book(report((odd,)))["Sản phẩm được cấp giấy"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value in ("=1+1", "@SUM(A1)")} == {"s"}


entries = st.lists(
    st.builds(
        entry,
        st.integers(1, 500),
        st.sampled_from([PROVINCIAL, REGIONAL]),
        product=st.integers(1, 6),
        facility=st.integers(1, 4),
        group=st.sampled_from(ProductGroup.values),
        won=st.booleans(),
        revoked=st.booleans(),
    ),
    unique_by=(lambda one: one.id, lambda one: (one.round.id, one.product_id)),
)


@given(entries)
def test_counts_narrow_and_levels_add_up(found):
    done = report(tuple(found))
    for level in done.levels:
        counts = level.counts
        assert counts.dossiers >= counts.recognised >= counts.certified >= counts.revoked
        assert counts.dossiers >= counts.facilities >= counts.organisations
    assert sum(level.counts.dossiers for level in done.levels) == done.total.dossiers >= done.total.products
    assert sum(level.counts.certified for level in done.levels) == len(done.certificates)


@given(entries)
def test_blocks_of_the_form_add_up_to_their_total(found):
    form = report(tuple(found)).form
    for total, *groups in (form[:5], form[5:]):
        assert total.values == tuple(map(sum, zip(*(row.values for row in groups), strict=True)))


@given(entries)
def test_the_order_of_rows_changes_nothing(found):
    assert count([PROVINCIAL, REGIONAL], found) == count([REGIONAL, PROVINCIAL], found[::-1])
