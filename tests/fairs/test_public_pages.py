"""The public page: what everybody sees of certified products, and what nobody ever sees there."""

import datetime
import time

import pytest
from django.core.cache import caches
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from facilities.models import Facility
from fairs.models import Certificate, Entry, Product, RoundMember, SelectionCycle, SelectionLevel, SelectionRound
from fairs.public import kept
from fairs.selection import services
from programmes.dossier import storage
from tests.facilities.builders import merged
from tests.factories import CommuneFactory, FacilityFactory, ProvinceFactory, UserFactory
from tests.fairs.factories import (
    CertificateFactory,
    CycleFactory,
    EntryFactory,
    MemberFactory,
    PhotoFactory,
    ProductFactory,
    RoundFactory,
    conclude,
    region,
    reviewer_of,
)
from tests.pages import soup

pytestmark = pytest.mark.django_db
LIST = "/san-pham/"
CANARY = "canary7q"
RECENTLY = datetime.timedelta(days=200)


@pytest.fixture(autouse=True)
def _nothing_kept(settings):
    settings.PUBLIC_PRODUCTS = True
    forget()
    yield
    forget()


def forget():
    for name in ("public", "public_counts"):
        caches[name].clear()


def certify(facility=None, *, level="province", **options):
    """A product of `facility` with a certificate that is valid today."""
    facility = facility or FacilityFactory()
    product = ProductFactory(facility=facility, **options)
    return certificate_of(product, level)


def certificate_of(product, level="province"):
    opens = timezone.localdate() - RECENTLY
    round = RoundFactory(
        cycle__province=product.facility.province, level=SelectionLevel.objects.get(code=level), opens_on=opens
    )
    entry = EntryFactory(round=round, product=product)
    conclude(round, entry, decided_on=opens + datetime.timedelta(days=60))
    entry.refresh_from_db()
    return CertificateFactory(entry=entry)


def names(response):
    return [one.get_text() for one in soup(response).select(".product h2")]


def test_everybody_reads_valid_products_without_login(client):
    facility = FacilityFactory(name="Hợp tác xã Mây tre Phú Vinh", commune=CommuneFactory(name="Nghi Kim"))
    won = certify(facility, name="Giỏ mây đan")

    page = client.get(LIST)

    card = soup(page).select_one(".product").get_text(" ", strip=True)
    assert page.status_code == 200
    assert "Giỏ mây đan Hợp tác xã Mây tre Phú Vinh" in card
    assert f"Nghi Kim, {facility.province.name}" in card
    assert f"Cấp tỉnh đến {won.valid_to:%d/%m/%Y}" in card
    assert client.get(f"{LIST}{won.entry.product_id}/").status_code == 200


def test_the_page_is_off_unless_the_office_wants_it(client, settings):
    won = certify()
    photo = PhotoFactory(product=won.entry.product)
    settings.PUBLIC_PRODUCTS = False

    asked = [
        LIST,
        f"{LIST}{won.entry.product_id}/",
        reverse("fairs:public-photo", args=[photo.pk]),
        reverse("fairs:public-thumbnail", args=[photo.pk]),
    ]

    assert [client.get(url).status_code for url in asked] == [404, 404, 404, 404]


def test_no_cookie_is_set_and_nobodys_session_is_read(client):
    won = certify()
    client.force_login(reviewer_of(won.round))

    answers = [client.get(url) for url in (LIST, f"{LIST}{won.entry.product_id}/")]

    for answer in answers:
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Cache-Control"] == f"public, max-age={kept.KEPT}"
        assert "csrf" not in answer.content.decode()
        assert "<script" not in answer.content.decode()
        assert not answer.cookies


def test_only_reading_is_answered(client):
    assert client.post(LIST).status_code == 405


def private(model, *shown, **formatted):
    """Every free text of a model but those that are shown, filled with the canary; `formatted` where it would not fit."""
    texts = [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices
    ]
    return {name: CANARY for name in texts if name not in shown} | formatted


def test_nothing_about_people_is_on_it(client):
    """A canary stands in every text around a public product that is not for everybody."""
    facility = FacilityFactory(**private(Facility, "name", phone="0912345678", tax_code="2900325526", vsic_code=""))
    product = ProductFactory(facility=facility, **private(Product, "name", "description", "parts"))
    maker = UserFactory(province=facility.province, full_name=CANARY)
    cycle = CycleFactory(province=facility.province, **private(SelectionCycle))
    facts = private(SelectionRound) | {"scoring": "minutes"}
    round = RoundFactory(cycle=cycle, created_by=maker, opens_on=timezone.localdate() - RECENTLY, **facts)
    MemberFactory(round=round, **private(RoundMember))
    entry = EntryFactory(round=round, product=product, **private(Entry))
    conclude(round, entry, decided_on=round.opens_on)
    entry.refresh_from_db()
    CertificateFactory(
        entry=entry, **private(Certificate, "revocation_number", "revocation_reason"), issued_by=reviewer_of(round)
    )
    PhotoFactory(product=product, uploaded_by=maker)

    pages = [client.get(url).content.decode() for url in (LIST, f"{LIST}{product.pk}/")]

    assert all(product.name in page for page in pages)
    for secret in (CANARY, "0912345678", "2900325526", facility.get_absolute_url()):
        assert not any(secret in page for page in pages)


@pytest.mark.parametrize("asked", ["0912345678", "2900325526", "canary7q"])
def test_no_search_finds_a_product_by_what_is_not_shown(client, asked):
    certify(FacilityFactory(contact_name=CANARY, phone="0912345678", tax_code="2900325526"))

    assert names(client.get(LIST, {"q": asked})) == []


def test_what_expired_was_revoked_or_hidden_is_gone(client):
    stays, expired, revoked, hidden = (certify(name=name) for name in ("Còn", "Hết hạn", "Thu hồi", "Ẩn"))
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Certificate.objects.filter(pk=expired.pk).update(valid_to=yesterday)
    services.revoke(
        revoked, by=reviewer_of(revoked.round), number="9/QĐ", revoked_on=timezone.localdate(), reason="Sai hồ sơ"
    )
    Product.objects.filter(pk=hidden.entry.product_id).update(is_public=False)
    photos = [PhotoFactory(product=won.entry.product) for won in (expired, revoked, hidden)]

    assert names(client.get(LIST)) == ["Còn"]
    for won, photo in zip((expired, revoked, hidden), photos, strict=True):
        assert client.get(f"{LIST}{won.entry.product_id}/").status_code == 404
        assert client.get(reverse("fairs:public-photo", args=[photo.pk])).status_code == 404
        assert client.get(reverse("fairs:public-thumbnail", args=[photo.pk])).status_code == 404
    assert stays.entry.product.is_public


def test_a_kept_page_forgets_a_revoked_certificate_within_five_minutes(client, monkeypatch):
    won = certify(name="Thu hồi")
    start = time.time()
    assert names(client.get(LIST)) == ["Thu hồi"]
    services.revoke(won, by=reviewer_of(won.round), number="9/QĐ", revoked_on=timezone.localdate(), reason="Sai")

    monkeypatch.setattr(time, "time", lambda: start + 200)
    late = client.get(LIST)
    assert names(late) == ["Thu hồi"]
    assert late.headers["Cache-Control"] in {"public, max-age=100", "public, max-age=101"}  # and nobody keeps it longer

    monkeypatch.setattr(time, "time", lambda: start + kept.KEPT + 2)
    assert names(client.get(LIST)) == []


def test_a_reader_who_has_the_page_gets_no_second_copy(client):
    certify()
    first = client.get(LIST)

    again = client.get(LIST, headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("asked", ["nuoc mam", "NƯỚC MẮM", "mam vinh", "hop tac xa", "nghi kim"])
def test_search_reads_names_makers_and_places_without_diacritics(client, asked):
    facility = FacilityFactory(name="Hợp tác xã Vinh Hạ", commune=CommuneFactory(name="Nghi Kim"))
    certify(facility, name="Nước mắm")
    certify(name="Chổi đót")

    assert names(client.get(LIST, {"q": asked})) == ["Nước mắm"]


def test_lists_are_narrowed_by_province_group_and_level(client):
    other = ProvinceFactory(code="22", name="Quảng Ninh")
    certify(FacilityFactory(province=other), name="Gốm", group="craft")
    nation = certify(name="Máy tuốt", group="machine")
    certificate_of_region(nation)

    assert names(client.get(LIST, {"tinh": "Quảng Ninh"})) == ["Gốm"]
    assert names(client.get(LIST, {"nhom": "machine"})) == ["Máy tuốt"]
    assert names(client.get(LIST, {"cap": "region"})) == ["Máy tuốt"]
    assert names(client.get(LIST)) == ["Máy tuốt", "Gốm"]  # the highest level first


def certificate_of_region(lower):
    """The same product, promoted to the region of its province."""
    province, day = lower.entry.product.facility.province, lower.issued_on
    round = RoundFactory(
        cycle=lower.round.cycle,
        level=SelectionLevel.objects.get(code="region"),
        region=region(province, "trung"),
        opens_on=day,
    )
    entry = EntryFactory(round=round, product=lower.entry.product, lower_certificate=lower)
    conclude(round, entry, decided_on=day)
    entry.refresh_from_db()
    return CertificateFactory(entry=entry)


def test_what_cannot_be_read_is_left_out(client):
    certify(name="Còn")

    for query in ({"trang": "x"}, {"trang": "-1"}, {"trang": "99999"}, {"nhom": "x"}, {"cap": "' OR 1"}, {"q": "  "}):
        assert names(client.get(LIST, query)) == ["Còn"]


def test_a_product_of_a_merged_facility_stands_under_the_kept_name(client):
    kept_one, duplicate = FacilityFactory(name="Cơ sở giữ lại"), FacilityFactory(name="Cơ sở trùng")
    won = certify(duplicate, name="Bánh gai")
    merged(duplicate, kept_one, by=UserFactory())

    page = client.get(LIST)

    assert soup(page).select_one(".product .maker").get_text() == "Cơ sở giữ lại"
    assert names(client.get(LIST, {"q": "co so giu"})) == ["Bánh gai"]
    assert "Cơ sở trùng" not in client.get(f"{LIST}{won.entry.product_id}/").content.decode()


def test_a_product_of_a_merged_facility_is_found_where_its_kept_facility_stands(client):
    kept_one = FacilityFactory(name="Cơ sở giữ lại", commune=CommuneFactory(name="Nghi Kim"))
    duplicate = FacilityFactory(name="Cơ sở trùng", commune=CommuneFactory(name="Diễn Kỷ"))
    certify(duplicate, name="Bánh gai")
    merged(duplicate, kept_one, by=UserFactory())

    found = {word: names(client.get(LIST, {"q": word})) for word in ("nghi kim", "dien ky", "co so trung", "nghe an")}

    assert found == {"nghi kim": ["Bánh gai"], "dien ky": [], "co so trung": ["Bánh gai"], "nghe an": ["Bánh gai"]}


def test_the_list_costs_the_same_for_one_and_for_three(client):
    def queries():
        caches["public"].clear()
        with CaptureQueriesContext(connection) as found:
            client.get(LIST)
        return len(found)

    PhotoFactory(product=certify().entry.product)
    one = queries()
    for _ in range(2):
        PhotoFactory(product=certify().entry.product)

    assert (one, queries()) == (6, 6)
    with CaptureQueriesContext(connection) as again:
        client.get(LIST)
    assert len(again) == 0


def test_pages_follow_one_another_and_keep_what_was_asked(client, monkeypatch):
    monkeypatch.setattr("fairs.views.public.PER_PAGE", 2)
    for name in ("Bánh A", "Bánh B", "Bánh C"):
        certify(name=name)

    first = client.get(LIST, {"q": "banh", "utm_source": "zalo"})
    after = soup(first).select_one("[rel=next]")["href"]

    assert (names(first), after) == (["Bánh A", "Bánh B"], f"{LIST}?q=banh&trang=2")
    assert names(client.get(after)) == ["Bánh C"]


def test_too_many_questions_of_one_address_wait_a_minute(client, monkeypatch):
    monkeypatch.setattr(kept, "MOST_OF_ONE", 2)
    certify(name="Còn")

    answers = [client.get(LIST, {"q": word}).status_code for word in ("a", "b", "c")]

    assert answers == [200, 200, 429]
    assert client.get(LIST, {"q": "a"}).status_code == 200  # what is kept costs nothing


def test_who_is_refused_does_not_shut_the_page_for_another_address(client, monkeypatch):
    monkeypatch.setattr(kept, "MOST_OF_ONE", 2)
    monkeypatch.setattr(kept, "MOST_OF_ALL", 4)

    def asks(address, words):
        return [client.get(LIST, {"q": word}, REMOTE_ADDR=address).status_code for word in words]

    assert asks("192.0.2.1", "abcdef") == [200, 200, 429, 429, 429, 429]
    assert asks("192.0.2.2", "gh") == [200, 200]
    assert asks("192.0.2.3", "ij") == [429, 429]  # all together made as many as one minute allows


def test_kept_pages_do_not_throw_out_who_asked_how_often(client, monkeypatch):
    monkeypatch.setattr(kept, "MOST_OF_ONE", 1)
    assert client.get(LIST, {"q": "a"}).status_code == 200

    caches["public"].clear()

    assert client.get(LIST, {"q": "a"}).status_code == 429


def test_a_photo_of_a_public_product_is_served_as_a_picture_only(client, settings, tmp_path):
    settings.DOSSIER_DIR = tmp_path
    stored, small = storage.keep([b"large"]), storage.keep([b"small"])
    photo = PhotoFactory(
        product=certify().entry.product,
        stored_name=stored.name,
        sha256=stored.sha256,
        thumbnail_name=small.name,
        thumbnail_sha256=small.sha256,
    )

    large = client.get(reverse("fairs:public-photo", args=[photo.pk]))
    little = client.get(reverse("fairs:public-thumbnail", args=[photo.pk]))

    assert (b"".join(large.streaming_content), b"".join(little.streaming_content)) == (b"large", b"small")
    assert large.headers["Content-Type"] == "image/jpeg"
    assert large.headers["X-Content-Type-Options"] == "nosniff"
    for picture in (large, little):
        assert picture.headers["Cache-Control"] == f"public, max-age={kept.KEPT}"  # gone with the page
    assert "Cookie" not in large.headers.get("Vary", "")
