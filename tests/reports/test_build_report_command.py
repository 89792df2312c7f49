"""`manage.py build_report`: the same engine without a browser."""

import datetime
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from reports.models import Report
from tests.factories import (
    ContentFactory,
    IndicatorFactory,
    PlanFundingFactory,
    ProvinceFactory,
    ResultFactory,
    SchemeFactory,
    UserFactory,
    all_sources,
    walk,
)

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments, **options):
    out = io.StringIO()
    call_command("build_report", "giai-doan", *arguments, stdout=out, **({"period": "2016-2020"} | options))
    return out.getvalue()


@pytest.fixture
def nghe_an():
    """Two schemes of 14,745 tỷ and 22 tỷ, and 2,25 tỷ of the districts: the shares that the report of 2020 printed."""
    all_sources()
    group = ContentFactory(code="KC01", name="Đào tạo nghề, truyền nghề")
    content = ContentFactory(code="KC01.01", name="Đào tạo nghề", group=group)
    first = SchemeFactory(year=2016, content=content, level="national", money={"national": 14_745_000_000})
    ResultFactory(scheme=first, indicator=IndicatorFactory(code="lop", name="Lớp đào tạo nghề", unit="lớp"), planned=44)
    walk(first, "approved")
    SchemeFactory(money={"province": 22_000_000_000, "counterpart": 5}, state="approved")
    funding = PlanFundingFactory(proposed_amount=2_250_000_000, approved_amount=2_250_000_000)
    funding.confirmed_by, funding.confirmed_at = UserFactory(role="reviewer"), funding.created_at
    funding.save()


def test_the_summary_is_said_in_words_that_an_office_uses(nghe_an):
    lines = [line.strip() for line in run(province="40", cut_off="2020-12-31").splitlines()]

    assert lines[:6] == [
        "BÁO CÁO TỔNG KẾT KHUYẾN CÔNG GIAI ĐOẠN 2016 - 2020",
        "Địa bàn: tỉnh Nghệ An",
        "Địa giới tại thời điểm",
        "",
        "Tổng số: 2 đề án, 38.995.000.000 đồng",
        "Bằng chữ: Ba mươi tám tỷ chín trăm chín mươi lăm triệu đồng",
    ]
    assert "Khuyến công quốc gia: 14.745.000.000 đồng (37,81%), 1 đề án" in lines
    assert "Ngân sách huyện: 2.250.000.000 đồng (5,77%), ngoài đề án 2.250.000.000 đồng" in lines
    assert "Đối ứng của cơ sở: 5 đồng, 1 đề án" in lines
    assert "KC01.01 Đào tạo nghề: 1 đề án, 14.745.000.000 đồng (37,81%)" in lines
    assert "Lớp đào tạo nghề: chưa có số liệu (kế hoạch 44)" in lines
    assert "Tính các đề án có quyết định phê duyệt đến hết ngày 31/12/2020, theo số được duyệt." in lines


def test_json_alone_stands_on_the_output(nghe_an):
    found = json.loads(run("--json", province="40", cut_off="2020-12-31"))

    assert [(s["source"], s["amount"], s["share"]) for s in found["overview"]["by_source"]] == [
        ("national", 14_745_000_000, 37.81),
        ("province", 22_000_000_000, 56.42),
        ("district", 2_250_000_000, 5.77),
    ]
    assert (found["territory"]["code"], found["cut_off"]) == ("40", "2020-12-31")


def test_the_workbook_is_written_where_asked_and_no_row_is_left(nghe_an, tmp_path):
    path = tmp_path / "nghe-an.xlsx"

    assert run(output=path).endswith(f"Đã ghi {path}\n")

    assert openpyxl.load_workbook(path).sheetnames[0] == "Tổng quan"
    assert not Report.objects.exists()


def test_a_code_is_read_as_of_the_end_of_the_period():
    """Code 45 was Quảng Trị until 30/6/2025, and another unit afterwards."""
    ProvinceFactory(code="45", name="Quảng Trị cũ", valid_to=datetime.date(2025, 6, 30))
    ProvinceFactory(code="45", name="Đơn vị mới", valid_from=datetime.date(2025, 7, 1))

    assert "Địa bàn: tỉnh Quảng Trị cũ" in run(province="45")
    assert "Địa bàn: tỉnh Đơn vị mới" in run(province="45", period="2021-2025")
    assert "Địa bàn: tỉnh Đơn vị mới" in run(province="45", period="2026-2030")


def test_without_a_province_it_is_the_whole_country():
    ProvinceFactory()

    assert "Địa bàn: Toàn quốc" in run()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"province": "99"}, "Không có tỉnh, thành phố nào mang mã “99” vào ngày 31/12/2020."),
        ({"period": "2016-2021"}, "không phải là giai đoạn 5 năm"),
        ({"period": "2016"}, "không lập cho năm 2016"),
        ({"period": "xyz"}, "Không có kỳ báo cáo “xyz”"),
        ({"cut_off": "31/12/2020"}, "“31/12/2020” không phải là ngày. Hãy ghi như 2020-12-31."),
        ({"output": Path("/")}, "Không ghi được /"),
    ],
)
def test_what_cannot_be_done_is_one_vietnamese_sentence(options, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        run(**options)


def test_an_unknown_kind_lists_those_there_are():
    with pytest.raises(CommandError, match=r"Không có loại báo cáo “khac”\. Các loại có: giai-doan, "):
        call_command("build_report", "khac", period="2016-2020")
