"""The workbook, written and read back: cells, their types and formats, and how it prints."""

import io
import zipfile
from operator import attrgetter

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import workbook
from reports.layouts.parts import MONEY, Column, Line, Sheet, Table
from reports.layouts.period_summary import sheets
from reports.workbook import letters
from tests.reports.builders import CLASSES, Agencies, Territory, plan, result, scheme, subject, summary

MONEY_FORMAT = "[$-42A]#,##0_)"
SHARE_FORMAT = "[$-42A]0.00_)"


def written(made):
    file = io.BytesIO()
    workbook.write(made, file)
    file.seek(0)
    return openpyxl.load_workbook(file)


def texts(sheet):
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def found(sheet, first):
    """The row that begins with `first`."""
    return next(row for row in sheet.iter_rows() if row[0].value == first)


@pytest.fixture(scope="module")
def book():
    about = subject(number=12)
    made = summary(
        scheme(1, level="national", national=14_745_000_000, name="=1+1"),
        scheme(2, year=2020, content="KC03.04", province=22_000_000_001, counterpart=5, settled={"province": 7}),
        plans=[plan(2_250_000_000)],
        results=[result(1, CLASSES, 44, "43.5")],
        about=about,
    )
    return written(sheets(made))


def test_the_workbook_has_four_sheets(book):
    assert book.sheetnames == ["Tổng quan", "Theo nội dung", "Theo năm và nguồn", "Danh sách đề án"]


def test_the_first_sheet_reads_as_an_administrative_document(book):
    assert texts(book["Tổng quan"])[:10] == [
        ["UBND TỈNH NGHỆ AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["SỞ CÔNG THƯƠNG", "Độc lập - Tự do - Hạnh phúc"],
        ["________"],
        ["Số:         /BC-SCT", "Nghệ An, ngày       tháng       năm            "],
        [],
        ["BÁO CÁO TỔNG KẾT KHUYẾN CÔNG GIAI ĐOẠN 2016 - 2020"],
        ["Địa bàn: tỉnh Nghệ An, địa giới tại thời điểm. Số liệu đến hết ngày 31/12/2020"],
        ["Đơn vị tính: đồng"],
        ["Nguồn kinh phí khuyến công", "Số đề án", "Kinh phí", "Trong đó ngoài đề án", "Tỷ trọng (%)"],
        ["Khuyến công quốc gia", 1, 14_745_000_000, 0, 37.81],
    ]


def test_amount_in_words_notes_and_signatures_stand_under_the_overview(book):
    lines = [row[0] for row in texts(book["Tổng quan"]) if row]

    assert (
        "Tổng kinh phí khuyến công bằng chữ: Ba mươi tám tỷ chín trăm chín mươi lăm triệu không trăm linh một đồng."
        in lines
    )
    assert "- Số liệu đọc lúc 08:02 ngày 22/11/2026." in lines
    assert "- Địa giới tại thời điểm: mỗi khoản tính cho tỉnh, thành phố lúc đó." in lines
    assert "- Nơi nhận: Bộ Công Thương; lưu." in lines
    assert "- Mã báo cáo trên cổng: 12." in lines
    assert ["NGƯỜI LẬP BIỂU", "GIÁM ĐỐC"] in texts(book["Tổng quan"])


def test_the_whole_country_is_reported_by_the_ministry():
    book = written(sheets(summary(about=subject(territory=Territory(), agencies=Agencies()))))

    rows = texts(book["Tổng quan"])
    assert rows[0] == ["BỘ CÔNG THƯƠNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert rows[3][0] == "Số:         /BC-BCT"


def test_totals_and_shares_are_numbers_with_vietnamese_formats(book):
    total = found(book["Tổng quan"], "Tổng cộng")

    assert [cell.value for cell in total] == ["Tổng cộng", 2, 38_995_000_001, 2_250_000_000, 100]
    assert [cell.data_type for cell in total] == ["s", "n", "n", "n", "n"]
    assert (total[2].number_format, total[4].number_format) == (MONEY_FORMAT, SHARE_FORMAT)


def test_contents_carry_their_results_in_their_own_unit(book):
    row = found(book["Theo nội dung"], "KC01.01")

    assert [cell.value for cell in row] == [
        "KC01.01",
        "Nội dung KC01.01",
        1,
        14_745_000_000,
        37.81,
        "Lớp đào tạo nghề",
        "lớp",
        44,
        43.5,
    ]
    assert (row[7].number_format, row[8].number_format) == (MONEY_FORMAT, "[$-42A]#,##0.00_)")


def test_money_of_no_scheme_closes_the_sum_of_the_contents(book):
    rows = texts(book["Theo nội dung"])

    assert ["Kinh phí không gắn với đề án cụ thể", 2_250_000_000, 5.77] in rows
    assert ["Tổng cộng", 2, 38_995_000_001, 100] in rows


def test_each_year_and_the_total_stand_by_source(book):
    rows = texts(book["Theo năm và nguồn"])

    assert [2016, 1, 14_745_000_000, 0, 2_250_000_000, 16_995_000_000] in rows
    assert [2017, 0, 0, 0, 0, 0] in rows
    assert ["Tổng cộng", 2, 14_745_000_000, 22_000_000_001, 2_250_000_000, 38_995_000_001] in rows


def test_every_scheme_is_listed_with_every_dong(book):
    sheet = book["Danh sách đề án"]

    assert [cell.value for cell in found(sheet, 2)][-7:] == [
        "15/QĐ-SCT, 02/03/2020",
        0,
        22_000_000_001,
        22_000_000_001,
        5,
        7,
        "Đã phê duyệt",
    ]


def test_text_that_begins_like_a_formula_stays_text(book):
    cell = found(book["Danh sách đề án"], 1)[2]

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def one_text(value):
    columns = (Column("Chữ", attrgetter("text"), 20), Column("Số", attrgetter("number"), 12, MONEY))
    line = Line(type("Item", (), {"text": value, "number": 5})())
    return Sheet(name="Một", title="Một", subtitle="", unit="", tables=(Table(columns, (line,)),))


@pytest.mark.parametrize(
    "value", ["=1+1", "+84 912", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A", "12", "A & B <C>"]
)
def test_whatever_is_typed_comes_back_as_the_same_text(value):
    cell = found(written((one_text(value),))["Một"], value)[0]

    assert (cell.value, cell.data_type) == (value, "s")


def test_control_characters_are_left_out():
    cells = found(written((one_text("Má\x0by\x00 cưa"),))["Một"], "Máy cưa")

    assert cells[1].value == 5


@settings(max_examples=25)
@given(st.text(max_size=60))
def test_no_text_breaks_the_file(value):
    sheet = written((one_text(value),))["Một"]

    assert [row[1].value for row in sheet.iter_rows() if row[1].value == 5] == [5]


def test_the_list_keeps_its_head_in_sight_and_can_be_filtered(book):
    sheet = book["Danh sách đề án"]
    heading = next(cell.row for cell in sheet["A"] if cell.value == "TT")

    assert sheet.freeze_panes == f"D{heading + 1}"
    assert sheet.auto_filter.ref == f"A{heading}:O{heading + 2}"


@pytest.mark.parametrize("place", range(4))
def test_every_sheet_prints_on_a4_landscape_within_the_margins(book, place):
    sheet = book.worksheets[place]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToWidth) == (True, 1)
    margins = {side: round(getattr(sheet.page_margins, side) * 25.4) for side in ("left", "right", "top", "bottom")}
    assert margins == {"left": 30, "right": 15, "top": 20, "bottom": 20}
    heading = next(row[0].row for row in sheet.iter_rows() if row[0].fill.fill_type == "solid")
    assert sheet.print_title_rows == f"${heading}:${heading}"
    assert sheet.oddHeader.center.text == "&P"


def test_every_cell_is_set_in_times_new_roman(book):
    fonts = {cell.font.name for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}

    assert fonts == {"Times New Roman"}


def test_styles_are_shared_however_many_rows_there_are():
    def styles(count):
        made = summary(*(scheme(n, province=n) for n in range(1, count)))
        file = io.BytesIO()
        workbook.write(sheets(made), file)
        return zipfile.ZipFile(file).read("xl/styles.xml").count(b"<xf ")

    assert styles(5) == styles(50) < 150


def test_a_word_about_every_line_is_given_while_writing():
    told = []

    workbook.write(sheets(summary(scheme(1, province=1))), io.BytesIO(), lambda: told.append(1))

    assert len(told) == 1 + 2 + 2 + 5 + 1  # source, levels, group and leaf, years, scheme


def test_a_long_text_gets_the_lines_it_needs():
    assert letters.lines("Nghệ An", 10) == 1
    assert letters.lines("Nghệ An Nghệ An Nghệ An", 5) == 3
    assert letters.lines("Khôngcókhoảngtrắngnàotrongnày", 3) == 1
