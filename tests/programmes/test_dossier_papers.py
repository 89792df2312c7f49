"""Papers drafted from Word templates: words and figures of the scheme, and what a template may not do."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from khuyencong.enums import Role
from khuyencong.models import AgencyName
from khuyencong.reference import read
from khuyencong.refusals import RefusedError
from programmes.dossier import paper_fields, papers, reference
from programmes.dossier.paper_sample import SAMPLE
from programmes.models import DossierItem, PaperTemplate
from tests.dossier_files import a_docx
from tests.factories import (
    DAY,
    AgencyNameFactory,
    ContentFactory,
    FacilityFactory,
    PaperTemplateFactory,
    ProvinceFactory,
    SchemeFactory,
    UserFactory,
)
from tests.pages import soup

pytestmark = pytest.mark.django_db
FILES = [row["file_name"] for row in read("paper_templates")]
OF_SCHEMES = [row["file_name"] for row in read("paper_templates") if row["kind"] != "certificate"]


def text_of(content):
    """All words of a .docx, paragraphs and cells, in one line."""
    document = Document(content)
    found = [paragraph.text for paragraph in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s+", " ", " ".join(found))


def a_scheme(**values):
    facility = FacilityFactory(name="HTX Mây tre & <Đan>")
    return SchemeFactory(
        name="Hỗ trợ máy sấy",
        money={"province": 1_005_000, "counterpart": 2_000_000_000},
        benefits={facility: 1_005_000},
        **values,
    )


def paper(scheme, file_name, day=DAY):
    template = PaperTemplateFactory(file_name=file_name)
    return papers.fill(template, paper_fields.about(scheme, day))


@pytest.mark.parametrize("file_name", OF_SCHEMES)
def test_each_paper_speaks_of_its_scheme_and_keeps_the_layout_of_the_decree(file_name):
    content = paper(a_scheme(state="settled"), file_name)
    words = text_of(content)

    assert "Hỗ trợ máy sấy" in words
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in words
    assert "2.001.005.000" in words
    assert not re.search(r"\{[{%]|[%}]\}|None", words)
    section = Document(content).sections[0]
    assert [round(margin.mm) for margin in (section.top_margin, section.left_margin, section.right_margin)] == [
        20,
        30,
        15,
    ]
    assert {round(side.mm) for side in (section.page_width, section.page_height)} == {210, 297}
    fonts = {run.font.name for paragraph in Document(content).paragraphs for run in paragraph.runs}
    assert fonts <= {"Times New Roman", None}


def test_amounts_are_said_in_words():
    words = text_of(paper(a_scheme(), "to-trinh.docx"))

    assert "1.005.000 đồng (Một triệu không trăm linh năm nghìn đồng)" in words


def test_signs_of_markup_in_a_name_stay_a_name():
    assert "HTX Mây tre & <Đan>" in text_of(paper(a_scheme(), "to-trinh.docx"))


@pytest.mark.parametrize("name", ["{{ 7 * 7 }}", "{% for a in b %}", "]]>", "&lt;w:br/&gt;", "a\x07b", "=1+1"])
def test_a_name_that_looks_like_a_command_is_printed_as_it_is(name):
    scheme = a_scheme()
    fields = paper_fields.about(scheme, DAY)
    fields["de_an"]["ten"] = name

    words = text_of(papers.fill(PaperTemplateFactory(), paper_fields.clean(fields)))

    assert name.replace("\x07", "") in words


def test_a_paper_bears_the_name_that_the_agency_has_on_its_day():
    scheme = a_scheme()
    AgencyNameFactory(kind=AgencyName.Kind.DEPARTMENT, name="Sở Công Thương", valid_to=date(2026, 6, 30))
    AgencyNameFactory(kind=AgencyName.Kind.DEPARTMENT, name="Sở Công nghiệp mới", valid_from=date(2026, 7, 1))

    assert "UBND TỈNH NGHỆ AN SỞ CÔNG THƯƠNG" in text_of(paper(scheme, "to-trinh.docx", date(2026, 6, 30)))
    assert "UBND TỈNH NGHỆ AN SỞ CÔNG NGHIỆP MỚI" in text_of(paper(scheme, "to-trinh.docx", date(2026, 7, 1)))


def test_the_sample_has_every_field_that_a_scheme_gives_and_no_other():
    def names(fields):
        return {
            name: names(value) if isinstance(value, dict) else names(value[0]) if _rows(value) else None
            for name, value in fields.items()
        }

    def _rows(value):
        return isinstance(value, list) and value and isinstance(value[0], dict)

    given = names(paper_fields.about(a_scheme(), DAY)) | {"ket_qua": names(SAMPLE)["ket_qua"]}

    assert given == names(SAMPLE)


BAD = {
    "unknown field": ("{{ de_an.tenn }}", "paper_template_field"),
    "unknown name": ("{{ khong_co }}", "paper_template_field"),
    "unclosed": ("{{ de_an.ten ", "paper_template_syntax"),
    "loop without end": ("{% for a in thu_huong %}", "paper_template_syntax"),
    "inner of Python": ("{{ ''.__class__.__mro__ }}", "paper_template_forbidden"),
    "long way round": ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "paper_template_forbidden"),
    "blown up": ("{{ 'a' * 1000000000 }}", "paper_template_forbidden"),
    "blown up by a filter": ("{{ 'a'|center(200000000) }}", "paper_template_syntax"),
    "blown up by a format": ("{{ '{:>200000000}'.format('a') }}", "paper_template_forbidden"),
    "blown up by a number": ("{{ (1).to_bytes(200000000, 'big') }}", "paper_template_forbidden"),
    "filler": ("{{ lipsum(1000) }}", "paper_template_field"),
    "by zero": ("{{ 1 / 0 }}", "paper_template_forbidden"),
    "unknown encoding": ("{{ 'a'.encode('xx') }}", "paper_template_forbidden"),
    "endless": ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "paper_template_forbidden"),
    "not a number": ("{{ 1 + de_an.ten }}", "paper_template_file"),
    "long loop": ("{% for a in range(1000000000) %}x{% endfor %}", "paper_template_forbidden"),
}


@pytest.mark.parametrize(("field", "code"), BAD.values(), ids=BAD)
def test_a_template_that_cannot_or_may_not_be_filled_is_refused_with_a_sentence(field, code):
    with pytest.raises(RefusedError) as caught:
        papers.check(a_docx(text=f"Kính gửi {field}").read(), "mau.docx")

    assert caught.value.refusal.code == code
    assert "mau.docx" in str(caught.value)


def test_a_file_that_is_no_word_file_is_no_template():
    with pytest.raises(RefusedError, match=r"^mau\.docx: Tệp bị hỏng"):
        papers.check(b"%PDF-", "mau.docx")


def test_the_offices_own_template_comes_before_the_common_one_and_an_old_one_is_not_offered():
    scheme = SchemeFactory()
    common = PaperTemplateFactory(name="Chung")
    PaperTemplateFactory(name="Đã thay", is_active=False, province=scheme.province)
    PaperTemplateFactory(name="Hết hạn", valid_to=date(2020, 1, 1), province=scheme.province)
    PaperTemplateFactory(name="Tỉnh khác", province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    assert PaperTemplate.objects.for_scheme(scheme, DAY) == [common]

    own = PaperTemplateFactory(name="Của tỉnh", province=scheme.province)
    assert PaperTemplate.objects.for_scheme(scheme, DAY) == [own]


def test_staff_draft_a_paper_from_the_schemes_page(client, staff):
    scheme, template = a_scheme(), PaperTemplateFactory()
    client.force_login(staff)

    [link] = soup(client.get(scheme.get_absolute_url())).select(".papers a")
    response = client.get(link["href"])

    assert link.get_text() == "Tờ trình"
    assert response["Content-Disposition"] == f'attachment; filename="submission-{scheme.code}.docx"'
    assert "Hỗ trợ máy sấy" in text_of(io.BytesIO(b"".join(response.streaming_content)))
    assert template.pk


def test_a_broken_template_is_said_on_the_schemes_page(client, staff):
    scheme = a_scheme()
    broken = PaperTemplateFactory(content=a_docx(text="{{ khong_co }}").read(), name="Mẫu hỏng")
    client.force_login(staff)

    page = client.get(reverse("programmes:dossier-paper", args=[scheme.pk]) + f"?template={broken.pk}", follow=True)

    assert "Mẫu “Mẫu hỏng” dùng một trường không có trong danh mục: khong_co." in soup(page).get_text()


@pytest.fixture
def nation(client):
    user = UserFactory(role=Role.ADMINISTRATOR, province=None)
    client.force_login(user)
    return user


ADD = "admin:programmes_papertemplate_add"


def test_an_administrator_puts_in_a_new_template_and_tries_it(client, nation):
    scheme = a_scheme()
    form = {"kind": "decision", "name": "Quyết định mới", "is_active": "on", "file": a_docx(text="QĐ: {{ de_an.ten }}")}

    client.post(reverse(ADD), form)

    template = PaperTemplate.objects.get()
    assert (template.file_name, template.uploaded_by) == ("Thuyết minh.docx", nation)
    tried = client.get(reverse("admin:papertemplate_try", args=[template.pk]), {"scheme": scheme.code})
    assert text_of(io.BytesIO(b"".join(tried.streaming_content))) == "QĐ: Hỗ trợ máy sấy"
    lost = client.get(reverse("admin:papertemplate_try", args=[template.pk]), {"scheme": "KC-1"}, follow=True)
    assert "Không có đề án mang mã “KC-1”" in soup(lost).get_text()
    fetched = client.get(reverse("admin:papertemplate_file", args=[template.pk]))
    assert b"".join(fetched.streaming_content) == bytes(template.content)


def test_a_template_with_an_unknown_field_is_refused_in_the_form(client, nation):
    page = client.post(reverse(ADD), {"kind": "decision", "name": "Mẫu", "file": a_docx(text="{{ sai_ten }}")})

    assert "sai_ten" in soup(page).select_one(".errorlist, .errors").get_text()
    assert not PaperTemplate.objects.exists()


def test_reference_data_bring_the_laws_papers_and_templates_once_and_leave_what_an_office_changed():
    codes = sorted({code for row in read("dossier_items") for code in row["contents"].split()})
    for code in codes:
        ContentFactory(code=code, name=code)
    assert reference.load() == DossierItem.objects.count() + len(FILES)
    DossierItem.objects.filter(code="contract").update(name="Hợp đồng của tỉnh", is_required=False)

    assert reference.load() == 0
    assert DossierItem.objects.get(code="contract").name == "Hợp đồng của tỉnh"
