"""Certificates: list by state, page, and the paper that is printed."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from fairs.models import Certificate
from fairs.products import paper_fields
from fairs.products.validity import state_of
from khuyencong.enums import Role
from programmes.dossier import papers
from programmes.dossier.paper_sample import sample_of
from programmes.models import PaperTemplate
from tests.dossier_files import a_docx
from tests.factories import FacilityFactory, PaperTemplateFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.fairs.factories import CertificateFactory, EntryFactory, ProductFactory, certified
from tests.pages import rows, soup

pytestmark = pytest.mark.django_db
LIST = "fairs:certificate-list"
DAY = datetime.date(2022, 5, 4)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: DAY)


@pytest.fixture
def facility(staff):
    return FacilityFactory(name="Hợp tác xã Chè", province=staff.province)


@pytest.fixture
def template(db):
    return PaperTemplateFactory(kind="certificate", name="Giấy chứng nhận", file_name="giay-chung-nhan.docx")


def numbers(client, **asked):
    return [a.get_text() for a in soup(client.get(reverse(LIST), asked)).select("#certificates a.title")]


def revoked(staff):
    return {
        "revoked_on": datetime.date(2022, 1, 3),
        "revocation_number": "9/QĐ",
        "revocation_reason": "Vi phạm",
        "revoked_by": staff,
    }


def words_of(content):
    document = Document(content)
    found = [paragraph.text for paragraph in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join(found).split())


def downloaded(client, certificate):
    answer = client.get(reverse("fairs:certificate-paper", args=[certificate.pk]))
    return answer, io.BytesIO(b"".join(answer.streaming_content))


def test_each_state_lists_its_certificates_and_the_last_day_counts(client, staff, facility):
    certified(facility, number="năm sau")
    certified(facility, number="hôm nay", valid_to=DAY)
    certified(facility, number="hôm qua", valid_to=DAY - datetime.timedelta(days=1))
    certified(facility, number="cuối năm", valid_to=datetime.date(2022, 12, 31))
    certified(facility, number="thu hồi", **revoked(staff))
    client.force_login(staff)

    assert sorted(numbers(client, state="valid")) == ["cuối năm", "hôm nay", "năm sau"]
    assert numbers(client, state="soon") == ["hôm nay"]
    assert numbers(client, state="this_year") == ["hôm nay", "cuối năm"]
    assert numbers(client, state="expired") == ["hôm qua"]
    assert numbers(client, state="revoked") == ["thu hồi"]
    strip = [one.get_text(" ", strip=True) for one in soup(client.get(reverse(LIST))).select(".totals > div")]
    assert strip == [
        "Giấy chứng nhận 5",
        "Sản phẩm 5",
        "Cơ sở 1",
        "Còn giá trị 3",
        "Hết hạn trong năm 2",
        "Đã hết hạn 1",
        "Đã thu hồi 1",
    ]


@pytest.mark.parametrize(
    ("valid_to", "expected"),
    [
        (datetime.date(2022, 5, 3), ("Đã hết hạn", "", "")),
        (datetime.date(2022, 5, 4), ("Sắp hết hạn", "wait", "còn 0 ngày")),
        (datetime.date(2022, 8, 2), ("Sắp hết hạn", "wait", "còn 90 ngày")),
        (datetime.date(2022, 8, 3), ("Còn giá trị", "good", "còn 91 ngày")),
    ],
)
def test_the_days_that_are_left(valid_to, expected):
    state = state_of(Certificate(issued_on=datetime.date(2019, 1, 1), valid_to=valid_to), DAY)

    assert (state.label, state.tone, state.left) == expected


def test_the_list_is_asked_by_words_number_level_and_year(client, staff, facility):
    one = certified(facility, number="15/GCN-UBND")
    certified(FacilityFactory(province=staff.province), number="16/GCN")
    certified(FacilityFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh")), number="15/GCN-HT")
    client.force_login(staff)

    assert numbers(client, q="15/gcn") == numbers(client, q="hop tac xa") == [one.number]
    assert len(numbers(client, level="province", year="2020")) == 2
    assert numbers(client, level="region") == numbers(client, year="2021") == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        certified(FacilityFactory(province=staff.province))
    client.force_login(staff)

    with django_assert_num_queries(10):
        client.get(reverse(LIST))


def test_the_page_tells_of_the_decision_and_of_a_revocation(client, staff, facility):
    certificate = certified(facility, **revoked(staff))
    client.force_login(staff)

    page = soup(client.get(certificate.get_absolute_url()))

    assert "215/QĐ-UBND" in page.select_one(".facts").get_text()
    assert "Đã thu hồi ngày 03/01/2022 theo quyết định số 9/QĐ: Vi phạm" in page.select_one(".note").get_text()


def test_the_paper_says_what_the_certificate_says(client, staff, facility, template):
    product = ProductFactory(facility=facility, name="Chè & <Trà>", is_set=True, parts="Chè xanh\nChè đen")
    entry = EntryFactory(round__cycle__province=facility.province, product=product)
    certificate = CertificateFactory(entry=entry, number="15/GCN-UBND")
    client.force_login(staff)

    answer, content = downloaded(client, certificate)
    words = words_of(content)

    assert answer["Content-Disposition"] == 'attachment; filename="giay-chung-nhan-15-gcn-ubnd.docx"'
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
        "CẤP TỈNH NĂM 2020",
        "Chứng nhận bộ sản phẩm Chè & <Trà> gồm: Chè xanh; Chè đen của Hợp tác xã Chè",
        "Quyết định số 215/QĐ-UBND ngày 15/09/2020",
        "Số: 15/GCN-UBND",
        "Có giá trị đến hết ngày 31/12/2023",
        "Nghệ An, ngày 15 tháng 9 năm 2020",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
    ):
        assert said in words
    assert "{" not in words


def test_the_paper_is_a4_landscape_in_the_type_of_the_decree(staff, facility, template):
    document = Document(papers.fill(template, paper_fields.about(certified(facility))))

    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert {run.font.name for one in document.paragraphs for run in one.runs} <= {"Times New Roman", None}


def test_fields_and_sample_are_the_same(facility):
    def shape(value):
        return {name: shape(one) for name, one in value.items()} if isinstance(value, dict) else type(value)

    assert shape(paper_fields.about(certified(facility))) == shape(sample_of("certificate"))


def test_the_office_puts_in_its_own_template_and_it_comes_first(client, staff, facility, template):
    own = a_docx("mau.docx", "{{ chung_nhan.so }} của {{ co_so.ten }}").read()
    PaperTemplate.objects.create(kind="certificate", name="Mẫu tỉnh", province=staff.province, content=own)
    certificate = certified(facility, number="15/GCN")
    client.force_login(staff)

    assert words_of(downloaded(client, certificate)[1]) == "15/GCN của Hợp tác xã Chè"


def test_a_template_with_an_unknown_field_or_none_at_all_is_told_on_the_page(client, staff, facility):
    certificate = certified(facility)
    client.force_login(staff)
    url = reverse("fairs:certificate-paper", args=[certificate.pk])

    assert "Chưa có mẫu giấy chứng nhận" in client.get(url, follow=True).content.decode()
    bad = a_docx("mau.docx", "{{ chung_nhan.soo }}").read()
    PaperTemplate.objects.create(kind="certificate", name="Mẫu sai", content=bad)
    assert "trường không có trong danh mục: soo" in client.get(url, follow=True).content.decode()


def test_a_revoked_certificate_is_not_printed(client, staff, facility, template):
    certificate = certified(facility, **revoked(staff))
    client.force_login(staff)
    url = reverse("fairs:certificate-paper", args=[certificate.pk])

    answer = client.get(url, follow=True)

    assert answer.redirect_chain == [(certificate.get_absolute_url(), 302)]
    assert "Giấy chứng nhận này đã bị thu hồi nên không in được nữa." in answer.content.decode()
    assert soup(answer).select_one(f"a[href='{url}']") is None


def test_the_administrator_s_template_of_a_certificate_is_tried_on_its_own_fields(client, db):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR, province=None))
    url = reverse("admin:programmes_papertemplate_add")
    typed = {"kind": "certificate", "name": "Mẫu mới", "is_active": "on"}

    client.post(url, typed | {"file": a_docx("sai.docx", "{{ de_an.ten }}")})
    assert not PaperTemplate.objects.exists()
    client.post(url, typed | {"file": a_docx("mau.docx", "{{ san_pham.ten }}")})
    template = PaperTemplate.objects.get()
    answer = client.get(reverse("admin:papertemplate_try", args=[template.pk]))

    assert words_of(io.BytesIO(b"".join(answer.streaming_content))) == "mẫu"


def test_a_scheme_is_not_offered_the_certificate(template, db):
    assert PaperTemplate.objects.for_scheme(SchemeFactory(), DAY) == []


def test_the_history_tells_of_the_revocation(client, staff, facility):
    certificate = certified(facility)
    Certificate.objects.filter(pk=certificate.pk).update(**revoked(staff))
    client.force_login(staff)

    page = soup(client.get(reverse("fairs:certificate-history", args=[certificate.pk])))

    assert ["lý do thu hồi", "Vi phạm"] in rows(page.select_one("article"), "tbody tr")
