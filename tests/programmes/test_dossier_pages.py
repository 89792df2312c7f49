"""Pages of the dossier: give papers, withdraw, fetch one or all, print the list."""

import hashlib
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from khuyencong.enums import Role
from programmes.dossier import storage
from programmes.models import SchemeDocument
from tests.dossier_files import PDF, a_docx, a_pdf, put, upload
from tests.factories import DocumentFactory, DossierItemFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.pages import soup

pytestmark = pytest.mark.django_db
MONEY = {"province": 100}


@pytest.fixture(autouse=True)
def dossier_folder(settings, tmp_path):
    settings.DOSSIER_DIR = tmp_path / "dossiers"
    return settings.DOSSIER_DIR


@pytest.fixture
def officer(client, staff):
    client.force_login(staff)
    return client


def url(name, row):
    return reverse(f"programmes:{name}", args=[row.pk])


def today():
    return f"{timezone.localdate():%d/%m/%Y}"


def add(client, scheme, **fields):
    return client.post(url("dossier-add", scheme), {"received_on": today()} | fields)


def said(response):
    """The errors above the form."""
    return soup(response).select_one(".form-errors").get_text(" ", strip=True)


def test_the_schemes_page_says_what_is_missing_and_where_to_add_it(officer):
    scheme = SchemeFactory(money=MONEY)
    DossierItemFactory(name="Đơn đề nghị", position=1)
    DocumentFactory(scheme=scheme, item=DossierItemFactory(name="Thuyết minh đề án", position=2))

    block = soup(officer.get(scheme.get_absolute_url())).select_one("#dossier")

    assert block.select_one(".note").get_text(" ", strip=True) == (
        "Bước “Gửi thẩm định” còn thiếu 1 giấy tờ: Đơn đề nghị. Bổ sung ngay"
    )
    assert block.select_one(".note a")["href"] == f"{url('dossier-add', scheme)}?step=submit"
    assert [row.td.next_element.strip() for row in block.select("tbody tr")] == ["Đơn đề nghị", "Thuyết minh đề án"]
    assert "có 1 trong 2 giấy tờ bắt buộc" in block.select_one("summary").get_text(" ", strip=True)


def test_several_files_and_papers_are_given_at_once(officer, staff):
    scheme = SchemeFactory()
    request, plan = DossierItemFactory(name="Đơn đề nghị"), DossierItemFactory(name="Kế hoạch")
    fields = {
        f"files-{request.pk}": [a_pdf("Đơn 1.pdf"), a_docx("Đơn 2.docx")],
        f"paper-{plan.pk}": "on",
        "files": [a_pdf("Ảnh hiện trường.pdf", b"%")],
        "note": "Nộp trực tiếp",
    }

    response = add(officer, scheme, **fields)

    assert response.url == f"{scheme.get_absolute_url()}#dossier"
    rows = SchemeDocument.objects.order_by("pk").values_list("item", "title", "is_paper", "original_name", "note")
    assert list(rows) == [
        (request.pk, "Đơn đề nghị", False, "Đơn 1.pdf", "Nộp trực tiếp"),
        (request.pk, "Đơn đề nghị", False, "Đơn 2.docx", "Nộp trực tiếp"),
        (plan.pk, "Kế hoạch", True, "", "Nộp trực tiếp"),
        (None, "Ảnh hiện trường", False, "Ảnh hiện trường.pdf", "Nộp trực tiếp"),
    ]
    assert {one.uploaded_by for one in SchemeDocument.objects.all()} == {staff}


def test_one_bad_file_stops_all_and_is_named_beside_its_item(officer):
    scheme, item = SchemeFactory(), DossierItemFactory(name="Đơn đề nghị")

    response = add(officer, scheme, **{f"files-{item.pk}": [a_pdf(), upload("ban-do.exe", b"MZ")]})

    page = soup(response)
    assert page.select_one(f"#id_files-{item.pk}_error").get_text(strip=True).startswith("ban-do.exe: Chỉ nhận PDF")
    assert not SchemeDocument.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Chọn ít nhất một tệp, hoặc đánh dấu một bản giấy đã nhận."),
        ({"on_paper": "on"}, "Tên giấy tờ : Nhập tên giấy tờ."),
        (
            {"title": "Đơn", "on_paper": "on", "received_on": "01/01/2999"},
            "Ngày nhận : Ngày nhận không được ở tương lai.",
        ),
    ],
)
def test_what_is_missing_in_the_form_is_said(officer, fields, sentence):
    assert sentence in said(add(officer, SchemeFactory(), **fields))


def test_one_step_can_be_shown_alone(officer):
    scheme = SchemeFactory()
    DossierItemFactory(name="Đơn đề nghị"), DossierItemFactory(name="Biên bản", step="accept")

    page = soup(officer.get(f"{url('dossier-add', scheme)}?step=accept"))

    assert [row.next_element.strip() for row in page.select("tbody th")] == ["Biên bản"]


def test_reviewers_give_papers_too_and_leaders_only_look(client):
    scheme = SchemeFactory()
    for role, status in ((Role.REVIEWER, 200), (Role.LEADER, 403), (Role.AUDITOR, 403)):
        client.force_login(UserFactory(role=role))
        assert client.get(url("dossier-add", scheme)).status_code == status
    block = soup(client.get(scheme.get_absolute_url())).select_one("#dossier")
    assert block.find("a", string="Bổ sung giấy tờ") is None


def test_a_file_is_fetched_whole_and_never_shown_in_the_portals_name(officer):
    document = put(SchemeFactory(), a_pdf("Đơn đề nghị.pdf"))

    response = officer.get(url("document-download", document))

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_file_that_was_altered_is_not_given_out(officer):
    document = put(SchemeFactory(), a_pdf())
    storage.path(document.stored_name).write_bytes(b"%PDF- da sua")

    for address in (url("document-download", document), url("dossier-archive", document.scheme)):
        response = officer.get(address)
        assert response.status_code == 409
        assert soup(response).select_one(".note li").get_text().startswith("Giấy tờ khác (Đơn đề nghị.pdf")


def test_files_of_another_province_do_not_exist(officer):
    elsewhere = ProvinceFactory(code="42", name="Hà Tĩnh")
    scheme = SchemeFactory(province=elsewhere, created_by=UserFactory(province=elsewhere))
    document = put(scheme, a_pdf())

    for name, row in (
        ("document-download", document),
        ("dossier-archive", scheme),
        ("dossier-print", scheme),
        ("dossier-paper", scheme),
        ("dossier-add", scheme),
    ):
        assert officer.get(url(name, row)).status_code == 404, name
    assert officer.post(url("document-withdraw", document), {"reason": "x"}).status_code == 404
    assert SchemeDocument.objects.in_force().count() == 1


@pytest.mark.parametrize("guess", ["../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "1/../2", "999999999", "a" * 32])
def test_no_address_reaches_a_file_by_its_name(officer, guess):
    put(SchemeFactory(), a_pdf())

    assert officer.get(f"/documents/{guess}/").status_code == 404


def test_a_paper_of_a_sent_scheme_is_withdrawn_with_a_reason(officer, staff):
    scheme = SchemeFactory(money=MONEY, state="submitted")
    document = put(scheme, a_pdf())

    officer.post(url("document-withdraw", document), {"reason": " "})
    assert SchemeDocument.objects.in_force().exists()
    officer.post(url("document-withdraw", document), {"reason": "Nhầm tệp"})

    document.refresh_from_db()
    assert (document.withdrawn_by, document.withdrawn_reason) == (staff, "Nhầm tệp")
    assert storage.path(document.stored_name).exists()
    assert "Nhầm tệp" in soup(officer.get(scheme.get_absolute_url())).select_one("#dossier").get_text()


def test_a_paper_of_a_draft_is_deleted(officer, django_capture_on_commit_callbacks):
    document = put(SchemeFactory(), a_pdf())

    with django_capture_on_commit_callbacks(execute=True):
        officer.post(url("document-withdraw", document))

    assert not SchemeDocument.objects.exists()
    assert not storage.path(document.stored_name).exists()


def archive_of(client, scheme):
    response = client.get(url("dossier-archive", scheme))
    assert response.streaming
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_archive_holds_every_file_a_list_and_the_checksums(officer):
    scheme = SchemeFactory(name="Hỗ trợ máy sấy")
    item = DossierItemFactory(name="Đơn đề nghị: máy/thiết bị?", position=1)
    put(scheme, a_pdf("Đơn.pdf"), item)
    put(scheme, a_docx("Biên bản.docx"))
    DocumentFactory(scheme=scheme, title="Bản cam kết")

    package = archive_of(officer, scheme)

    assert package.testzip() is None
    assert package.namelist() == [
        "00 Mục lục hồ sơ.html",
        "00 Mã kiểm tra SHA-256.txt",
        "01 Gửi thẩm định/01 Đơn đề nghị máy thiết bị.pdf",
        "02 Giấy tờ khác/02 Giấy tờ khác.docx",
    ]
    assert package.read(package.namelist()[2]) == PDF
    sums = package.read(package.namelist()[1]).decode().splitlines()
    assert sums[0] == f"{hashlib.sha256(PDF).hexdigest()}  {package.namelist()[2]}"
    page = package.read(package.namelist()[0]).decode()
    assert "MỤC LỤC HỒ SƠ" in page
    assert "Bản cam kết" in page
    assert 'href="01%20G%E1%BB%ADi' in page


def test_the_archive_says_what_was_withdrawn_but_leaves_it_out(officer):
    scheme = SchemeFactory(money=MONEY, state="submitted")
    document = put(scheme, a_pdf())
    officer.post(url("document-withdraw", document), {"reason": "Nhầm tệp"})

    package = archive_of(officer, scheme)

    assert len(package.namelist()) == 2
    assert "Nhầm tệp" in package.read(package.namelist()[0]).decode()


def test_a_large_archive_is_sent_in_parts(officer, settings):
    scheme = SchemeFactory()
    put(scheme, a_pdf(extra=b" " * 5 * 2**20))

    parts = list(officer.get(url("dossier-archive", scheme)).streaming_content)

    assert max(len(part) for part in parts) < 2 * 2**20
    assert len(parts) > 5


def test_the_list_to_be_printed_numbers_the_papers(officer):
    scheme = SchemeFactory()
    DocumentFactory(scheme=scheme, item=DossierItemFactory(name="Đơn đề nghị"), title="Đơn đề nghị")
    DocumentFactory(scheme=scheme, title="Biên bản họp")
    DossierItemFactory(name="Thuyết minh")

    page = soup(officer.get(url("dossier-print", scheme)))

    rows = [
        [cell.find(string=True).strip() for cell in row.select("td")][:3] for row in page.select("tbody tr:has(td)")
    ]
    assert rows == [["1", "Đơn đề nghị", "bản giấy"], ["2", "Biên bản họp", "bản giấy"]]
    assert "Thuyết minh" in page.select_one(".contents ul").get_text()


def test_a_get_of_the_archive_writes_nothing(officer):
    scheme = SchemeFactory()
    put(scheme, a_pdf())
    before = SchemeDocument.pgh_event_model.objects.count()

    archive_of(officer, scheme)

    assert SchemeDocument.pgh_event_model.objects.count() == before
