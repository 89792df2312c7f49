"""The doors: login, headers, GET that writes, refusals that no form foresaw."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from khuyencong.middleware import GetWroteError, HistoryMiddleware, ReadOnlyGetMiddleware, RefusalMiddleware
from khuyencong.models import User
from khuyencong.refusals import RefusedError
from tests.factories import SchemeFactory, UserFactory
from tests.pages import soup

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu-nghiem"


def log_in(client, username, password):
    return client.post(reverse("login"), {"username": username, "password": password})


def test_the_right_password_opens_and_gives_a_new_session(client):
    user = UserFactory(password=PASSWORD)
    client.get(reverse("login"))
    before = client.session.session_key

    response = log_in(client, user.username, PASSWORD)

    assert response.url == reverse("home")
    assert client.session.session_key != before


def test_five_wrong_passwords_lock_the_account_here_even_for_the_right_one(client):
    user = UserFactory(password=PASSWORD)

    for _ in range(5):
        log_in(client, user.username, "sai")
    response = log_in(client, user.username, PASSWORD)

    assert response.status_code == 429
    assert "Đăng nhập sai quá nhiều lần" in soup(response).get_text()


def test_a_locked_person_cannot_log_in(client):
    user = UserFactory(password=PASSWORD, is_active=False)

    assert log_in(client, user.username, PASSWORD).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_login_does_not_lead_to_another_host(client, target):
    user = UserFactory(password=PASSWORD)

    response = client.post(reverse("login"), {"username": user.username, "password": PASSWORD, "next": target})

    assert response.url == reverse("home")


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/?a=1", "javascript:alert(1)"])
def test_the_way_back_never_leaves_the_list(client, staff, target):
    scheme = SchemeFactory(province=staff.province)
    client.force_login(staff)

    link = soup(client.get(scheme.get_absolute_url(), {"back": target})).select_one(".crumbs a")["href"]

    assert link.partition("?")[0] == reverse("programmes:scheme-list")


def test_every_page_forbids_foreign_scripts_and_caches(client, staff):
    client.force_login(staff)

    headers = client.get(reverse("home")).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_get_that_writes_is_a_defect_that_shows(rf: RequestFactory):
    def view(request):
        return User.objects.update(email="x@example.vn")

    chain = HistoryMiddleware(ReadOnlyGetMiddleware(view))  # in the order of the settings
    request = rf.get("/")
    request.user = UserFactory()

    with pytest.raises(GetWroteError):
        chain(request)


def test_a_post_may_write(rf):
    guard = ReadOnlyGetMiddleware(lambda request: User.objects.update(email=""))

    assert guard(rf.post("/")) == 0


def test_the_site_says_that_it_is_well(client):
    assert client.get(reverse("healthz")).content == b"ok"


@pytest.mark.parametrize(
    ("amount", "status", "words"),
    [("1005000", 200, "Một triệu không trăm linh năm nghìn đồng"), ("abc", 400, None), ("", 400, None)],
)
def test_amounts_are_said_in_words(client, staff, amount, status, words):
    client.force_login(staff)

    response = client.get(reverse("amount-in-words"), {"amount": amount})

    assert response.status_code == status
    assert words is None or response.content.decode() == words


def test_a_rule_that_no_form_foresaw_is_a_page_with_its_sentence(rf, staff):
    request = rf.post("/")
    request.user, request.csp_nonce, request.htmx = staff, "nonce", False

    response = RefusalMiddleware(None).process_exception(request, RefusedError("Nguồn này đã đóng."))

    assert response.status_code == 409
    assert "Nguồn này đã đóng." in soup(response).select_one("main").get_text()


def test_a_sent_scheme_is_not_deleted_and_it_is_said_why(client, staff):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 5}, state="submitted")
    client.force_login(staff)

    page = soup(client.post(reverse("programmes:scheme-delete", args=[scheme.pk]), follow=True))

    assert "“Chờ thẩm định”" in page.select_one(".note[data-tone=bad]").get_text()
