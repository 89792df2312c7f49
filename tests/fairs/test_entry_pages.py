"""Registration dossiers: form, papers, steps."""

import datetime

import pytest
from django.conf import settings
from django.urls import reverse

from fairs.models import Entry, EntryItem, EntryPaper
from fairs.selection import dossiers
from programmes.dossier import services as scheme_dossiers
from programmes.dossier import storage
from tests.dossier_files import a_pdf, upload
from tests.facilities.builders import district_of
from tests.factories import FacilityFactory, ProvinceFactory
from tests.fairs.factories import (
    EntryFactory,
    MemberFactory,
    PaperFactory,
    ProductFactory,
    RoundFactory,
    SheetFactory,
    certified,
    complete,
    conclude,
    level,
    region,
    score,
)
from tests.pages import form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
FORM = "main form[data-kc-unsaved]"


@pytest.fixture
def round(staff):
    """A provincial round of the staff's province that takes dossiers from 2/3/2020."""
    return RoundFactory(cycle__province=staff.province, created_by=staff, closes_on=datetime.date(2020, 6, 30))


@pytest.fixture
def product(staff):
    return ProductFactory(facility=FacilityFactory(province=staff.province, name="Cơ sở Hoa Sen"), name="Trà sen")


def address(round, product):
    return f"{reverse('fairs:entry-create', args=[round.pk])}?product={product.pk}"


def written(client, url, **typed):
    """What comes of the form with these values."""
    return client.post(url, form_data(soup(client.get(url)), FORM) | typed)


def above(certificate, opens_on=datetime.date(2021, 3, 1)):
    """A regional round above the one of the certificate."""
    cycle = certificate.round.cycle
    return RoundFactory(cycle=cycle, level=level("region"), region=region(cycle.province), opens_on=opens_on)


# the form


def test_the_first_question_is_the_product_and_those_registered_are_not_offered(client, staff, round, product):
    taken = EntryFactory(round=round)
    ProductFactory(facility=FacilityFactory(province=ProvinceFactory(code="42")), name="Của tỉnh khác")
    client.force_login(staff)

    page = soup(client.get(reverse("fairs:entry-create", args=[round.pk])))
    found = client.get(reverse("fairs:entry-products", args=[round.pk]), {"q": "tra sen"}).json()["results"]
    none = client.get(reverse("fairs:entry-products", args=[round.pk]), {"q": taken.product.name}).json()["results"]

    assert [option.get_text() for option in page.select("#id_product option")[1:]] == ["Trà sen – Cơ sở Hoa Sen"]
    assert found == [{"value": product.pk, "text": "Trà sen", "note": "Cơ sở Hoa Sen"}]
    assert none == []


def test_a_product_of_another_province_cannot_be_asked_for(client, staff, round):
    other = ProductFactory(facility=FacilityFactory(province=ProvinceFactory(code="42")))
    client.force_login(staff)

    page = soup(client.get(address(round, other)))

    assert "Không có sản phẩm này" in page.select_one("#id_product_error").get_text()


def test_a_dossier_gets_the_next_number_of_its_round(client, staff, round, product):
    EntryFactory(round=round, number=7)
    client.force_login(staff)

    written(client, address(round, product), registered_on="05/03/2020", skip_ground="Huyện không tổ chức")

    entry = Entry.objects.get(product=product)
    assert (entry.number, entry.status, entry.created_by) == (8, "registered", staff)


def test_a_product_without_a_lower_certificate_says_why_and_what_to_do(client, staff, round, product):
    client.force_login(staff)

    page = soup(client.get(address(round, product)))
    refused = soup(written(client, address(round, product), registered_on="05/03/2020"))

    assert "Sản phẩm chưa có giấy chứng nhận của cấp huyện" in page.select_one("form .note").get_text()
    assert page.select("#id_lower_certificate") == []
    assert "hoặc ghi lý do" in refused.select_one("#id_skip_ground_error").get_text()
    assert not Entry.objects.exists()


def test_where_the_district_held_a_round_no_reason_is_asked_for(client, staff, round, product):
    district = district_of(staff.province, "Diễn Châu")
    product.facility.former_district = district
    product.facility.save()
    RoundFactory(cycle=round.cycle, level=level("district"), unit=district)
    client.force_login(staff)

    page = soup(client.get(address(round, product)))

    assert (
        "Huyện Diễn Châu có tổ chức kỳ bình chọn cấp huyện" in page.select_one("form .note[data-tone=bad]").get_text()
    )
    assert page.select("#id_skip_ground") == []


def test_a_region_asks_for_a_certificate_and_offers_only_those_that_hold(client, staff, product):
    certificate = certified(product.facility)
    round = above(certificate)
    client.force_login(staff)
    url = f"{address(round, certificate.entry.product)}&registered_on=05/03/2021"

    offered = soup(client.get(url)).select("#id_lower_certificate option")[1:]
    written(client, url, lower_certificate=certificate.pk)

    assert [one.get_text() for one in offered] == [f"{certificate.number} – Cấp tỉnh, đến 31/12/2023"]
    entry = Entry.objects.get(round=round)
    assert (entry.lower_certificate, entry.registered_on) == (certificate, datetime.date(2021, 3, 5))
    assert soup(client.get(address(round, product))).select("#id_skip_ground, #id_lower_certificate") == []


def test_a_certificate_that_has_ended_is_not_offered(client, staff):
    certificate = certified(FacilityFactory(province=staff.province))
    round = above(certificate, opens_on=datetime.date(2024, 2, 1))
    client.force_login(staff)

    url = address(round, certificate.entry.product)
    page = soup(client.get(url))
    refused = soup(written(client, url, registered_on="05/02/2024", lower_certificate=certificate.pk))

    assert "chưa có giấy chứng nhận của cấp tỉnh còn giá trị" in page.select_one("form .note").get_text()
    assert any("cần giấy chứng nhận còn giá trị" in one for one in sentences(refused))
    assert not Entry.objects.filter(round=round).exists()


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"registered_on": "01/03/2020"}, "registered_on", "ngoài thời gian nhận hồ sơ"),
        ({"registered_on": "31/02/2020"}, "registered_on", "Không có ngày này."),
        ({"number": "1"}, "number", "Số thứ tự này đã có trong kỳ bình chọn."),
        ({"skip_ground": ""}, "skip_ground", "hoặc ghi lý do"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, staff, round, product, typed, field, said):
    EntryFactory(round=round, number=1)
    client.force_login(staff)
    typed = {"registered_on": "05/03/2020", "skip_ground": "Huyện không tổ chức"} | typed

    page = soup(written(client, address(round, product), **typed))

    assert said in page.select_one(f"#id_{field}_error").get_text()
    assert Entry.objects.count() == 1


def test_a_round_that_is_scored_takes_no_new_dossier(client, staff, product):
    round = RoundFactory(cycle__province=staff.province, status="scoring")
    client.force_login(staff)

    page = soup(client.get(address(round, product), follow=True))

    assert sentences(page) == ["Kỳ bình chọn đang ở bước “Chấm điểm” nên không nhận hồ sơ mới."]


def test_a_dossier_is_corrected_and_keeps_its_product(client, staff, round):
    entry = EntryFactory(round=round, number=3)
    client.force_login(staff)
    url = reverse("fairs:entry-edit", args=[entry.pk])

    written(client, url, note="Bổ sung ảnh", registered_on="06/03/2020")

    product, entry = entry.product, Entry.objects.get(pk=entry.pk)
    assert (entry.product, entry.number, entry.note) == (product, 3, "Bổ sung ảnh")
    assert entry.registered_on == datetime.date(2020, 3, 6)


# papers


def items(**asked):
    return EntryItem.objects.filter(**asked)


def handed(client, entry, **typed):
    url = reverse("fairs:paper-add", args=[entry.pk])
    return client.post(url, {"received_on": "05/03/2020"} | typed, follow=True)


def test_the_list_says_what_was_received_and_what_is_lacking(client, staff, round):
    entry = EntryFactory(round=round)
    PaperFactory(entry=entry)
    client.force_login(staff)

    shown = rows(soup(client.get(entry.get_absolute_url())), "#paper-table tbody tr")

    assert [row[1].split(" nhận")[0] for row in shown] == [
        "Bản giấy", "còn thiếu", "còn thiếu", "còn thiếu", "chưa có",
    ]  # fmt: skip


def test_a_file_is_kept_and_given_back_to_be_saved(client, staff, leader, round):
    entry, item = EntryFactory(round=round), items(code="description").get()
    client.force_login(staff)

    handed(client, entry, **{f"files-{item.pk}": a_pdf("Thuyết minh.pdf")})

    paper = EntryPaper.objects.get()
    assert (paper.item, paper.original_name, paper.is_paper, paper.recorded_by) == (
        item,
        "Thuyết minh.pdf",
        False,
        staff,
    )
    client.force_login(leader)
    answer = client.get(reverse("fairs:paper-download", args=[paper.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == storage.path(paper.stored_name).read_bytes()


def test_the_same_file_twice_is_kept_once(client, staff, round):
    entry, item = EntryFactory(round=round), items(code="description").get()
    client.force_login(staff)

    for _ in range(2):
        handed(client, entry, **{f"files-{item.pk}": a_pdf()})

    assert EntryPaper.objects.count() == 1
    assert (
        len([one for one in settings.DOSSIER_DIR.glob("??/*") if one.name == EntryPaper.objects.get().stored_name]) == 1
    )


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: upload("Thuyết minh.pdf", b"MZ\x90\0 a program"), "Nội dung tệp không phải là .pdf"),
        (lambda: upload("may.exe", b"MZ"), "Chỉ nhận"),
        (lambda: a_pdf(extra=b"/JavaScript"), "mã chạy"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_beside_its_item(client, staff, round, file, said):
    entry, item = EntryFactory(round=round), items(code="description").get()
    client.force_login(staff)

    page = soup(handed(client, entry, **{f"files-{item.pk}": file()}))

    assert said in page.select_one(f"#id_files-{item.pk}_error").get_text()
    assert not EntryPaper.objects.exists()


def test_all_required_papers_are_received_on_one_day(client, staff, round):
    entry = EntryFactory(round=round)
    PaperFactory(entry=entry)
    client.force_login(staff)

    client.post(reverse("fairs:paper-all", args=[entry.pk]), {"received_on": "09/03/2020"})

    required = items(is_required=True, above_first=False)
    assert set(entry.papers.values_list("item", flat=True)) == set(required.values_list("pk", flat=True))
    assert entry.papers.filter(received_on=datetime.date(2020, 3, 9)).count() == required.count() - 1


def test_a_day_in_the_future_is_refused(client, staff, round):
    entry = EntryFactory(round=round)
    client.force_login(staff)

    answer = client.post(reverse("fairs:paper-all", args=[entry.pk]), {"received_on": "01/01/2999"}, follow=True)

    assert sentences(soup(answer)) == ["Ngày nhận không được ở tương lai."]
    assert not entry.papers.exists()


def test_a_paper_goes_with_its_file_but_not_from_a_complete_dossier(
    client, staff, round, django_capture_on_commit_callbacks
):
    entry, item = EntryFactory(round=round), items(code="others").get()
    client.force_login(staff)
    handed(client, entry, **{f"files-{item.pk}": a_pdf()})
    paper = EntryPaper.objects.get()
    url, file = reverse("fairs:paper-delete", args=[paper.pk]), storage.path(paper.stored_name)
    complete(entry)

    kept = soup(client.post(url, follow=True))
    dossiers.move(entry, "registered")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url)

    assert any("chuyển hồ sơ về “Đã đăng ký”" in one for one in sentences(kept))
    assert not EntryPaper.objects.filter(pk=paper.pk).exists()
    assert not file.exists()


def test_the_sweep_leaves_files_of_dossiers_alone(client, staff, round, monkeypatch):
    entry, item = EntryFactory(round=round), items(code="others").get()
    client.force_login(staff)
    handed(client, entry, **{f"files-{item.pk}": a_pdf()})
    name = EntryPaper.objects.get().stored_name
    monkeypatch.setattr(storage, "stale", lambda seconds: [name])

    scheme_dossiers.sweep()

    assert storage.path(name).exists()


def test_a_damaged_file_is_not_given_out(client, staff, round):
    entry, item = EntryFactory(round=round), items(code="others").get()
    client.force_login(staff)
    handed(client, entry, **{f"files-{item.pk}": a_pdf()})
    paper = EntryPaper.objects.get()
    storage.path(paper.stored_name).write_bytes(b"altered")

    assert client.get(reverse("fairs:paper-download", args=[paper.pk])).status_code == 409


# steps


def step(client, entry, status):
    return soup(client.post(reverse("fairs:entry-step", args=[entry.pk]), {"status": status}, follow=True))


def test_a_dossier_that_lacks_a_paper_is_not_complete(client, staff):
    entry = EntryFactory(round__cycle__province=staff.province, round__scoring="sheets")
    client.force_login(staff)

    assert any("Hồ sơ còn thiếu: Phiếu đăng ký" in one for one in sentences(step(client, entry, "complete")))
    entry.refresh_from_db()
    assert entry.status == "registered"


def test_a_dossier_goes_forth_and_back(client, staff, round):
    entry = EntryFactory(round=round)
    client.force_login(staff)
    seen = []

    for status in ("complete", "complete", "registered", "withdrawn", "registered"):
        assert sentences(step(client, entry, status)) == []
        entry.refresh_from_db()
        seen.append(entry.status)

    assert seen == ["complete", "complete", "registered", "withdrawn", "registered"]


@pytest.mark.parametrize("status", ["passed", "failed"])
def test_staff_recognise_nothing(client, staff, round, status):
    entry = EntryFactory(round=round)
    complete(entry)
    client.force_login(staff)

    assert any("chưa làm được việc này" in one for one in sentences(step(client, entry, status)))
    entry.refresh_from_db()
    assert entry.status == "complete"


def test_a_dossier_is_deleted_only_while_it_is_merely_registered(client, staff, round):
    entry, kept = EntryFactory.create_batch(2, round=round)
    PaperFactory(entry=entry)
    complete(kept)
    client.force_login(staff)

    client.post(reverse("fairs:entry-delete", args=[entry.pk]))
    page = soup(client.post(reverse("fairs:entry-delete", args=[kept.pk]), follow=True))

    assert list(Entry.objects.all()) == [kept]
    assert sentences(page) == ["Chỉ xóa được hồ sơ vừa đăng ký. Hồ sơ đã xét thì ghi là rút."]


# the page


def test_the_page_shows_points_result_and_where_the_product_went(client, staff, round):
    entry = EntryFactory(round=round)
    conclude(round, entry)
    certificate = certified(FacilityFactory(province=staff.province))
    EntryFactory(round=above(certificate), product=certificate.entry.product, lower_certificate=certificate)
    client.force_login(staff)

    passed = soup(client.get(entry.get_absolute_url()))
    promoted = soup(client.get(certificate.entry.get_absolute_url()))

    assert "Được công nhận theo quyết định 215/QĐ-UBND" in passed.select_one(".note[data-tone=good]").get_text()
    assert passed.select_one("#scores .card-head").get_text(" ", strip=True) == "Điểm Trung bình 80,00 · đạt (mức 70)"
    assert "Đã đưa lên cấp khu vực" in promoted.select_one(".note[data-tone=good]").get_text()


def test_the_page_shows_each_sheet(client, staff):
    round = RoundFactory(cycle__province=staff.province, scoring="sheets")
    MemberFactory.create_batch(7, round=round, body="council")
    juror = MemberFactory(round=round, name="Giám khảo Một")
    entry = EntryFactory(round=round, average_score=None)
    complete(entry)
    score(round)
    SheetFactory(entry=entry, juror=juror)
    client.force_login(staff)

    page = soup(client.get(entry.get_absolute_url()))

    assert rows(page, "#scores tbody tr") == [["Giám khảo Một", "30", "30", "15", "5", "80"]]


def test_another_provinces_dossier_does_not_exist(client, staff):
    entry = EntryFactory(round__cycle__province=ProvinceFactory(code="42"))
    paper = PaperFactory(entry=entry)
    client.force_login(staff)

    for name in ("entry-detail", "entry-edit", "entry-history", "paper-add"):
        assert client.get(reverse(f"fairs:{name}", args=[entry.pk])).status_code == 404, name
    for name in ("entry-step", "entry-delete", "paper-all"):
        assert client.post(reverse(f"fairs:{name}", args=[entry.pk])).status_code == 404, name
    assert client.get(reverse("fairs:paper-download", args=[paper.pk])).status_code == 404
    assert client.post(reverse("fairs:paper-delete", args=[paper.pk])).status_code == 404
