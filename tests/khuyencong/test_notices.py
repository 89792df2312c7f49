"""What people are told, how they read it, and what goes out by mail."""

import threading

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from khuyencong import mailing
from khuyencong.models import Notice, NoticeKind, NoticePreference
from khuyencong.notices import people_of, read, tell
from tests.factories import LineageFactory, ProvinceFactory, UserFactory
from tests.faults.calendar import notice
from tests.pages import soup

pytestmark = pytest.mark.django_db
SENT = NoticeKind.SENT


def person(**values):
    return UserFactory(email="nguoi@example.org", **values)


def test_the_same_thing_is_told_once():
    one, other = person(), person()

    tell([one, one], SENT, "Đề án gửi đến", "/schemes/1/", "sent:1")
    tell([one, other], SENT, "Đề án gửi đến", "/schemes/1/", "sent:1")

    assert sorted(Notice.objects.values_list("user", flat=True)) == [one.pk, other.pk]


def test_a_long_title_is_cut_not_refused():
    tell([person()], SENT, "Đề án " * 100, "/", "dai")

    assert len(Notice.objects.get().title) <= 300


@pytest.mark.parametrize(
    ("in_portal", "way", "kept"),
    [(True, "daily", True), (True, "never", True), (False, "at_once", True), (False, "never", False)],
)
def test_preferences_are_honoured(in_portal, way, kept):
    someone = person()
    NoticePreference.objects.create(user=someone, kind=SENT, in_portal=in_portal, mail=way)

    tell([someone], SENT, "Đề án gửi đến", "/", "a")
    tell([someone], NoticeKind.OVERDUE, "Quá hạn", "/", "b")

    assert Notice.objects.filter(kind=SENT).exists() == kept
    assert Notice.objects.in_portal().filter(kind=SENT).exists() == in_portal
    assert (mailing.send_at_once(), len(mail.outbox)) == ((1, 1) if way == "at_once" else (0, 0))
    mailing.send_digests(timezone.localdate())
    lines = mail.outbox[-1].body
    assert ("Đề án gửi đến" in lines, "Quá hạn" in lines) == (way == "daily", True)


def test_a_letter_is_vietnamese_with_whole_addresses(settings):
    settings.SITE_URL = "https://khuyencong.example.org/"
    notice(user=person(full_name="Nguyễn Thị Mẫu"), title="KC-40-2026-001 gửi đến", url="/schemes/1/", mail="at_once")

    mailing.send_at_once()

    [letter] = mail.outbox
    assert letter.subject == "KC-40-2026-001 gửi đến"
    assert letter.body.startswith("Kính gửi Nguyễn Thị Mẫu,")
    assert "https://khuyencong.example.org/schemes/1/" in letter.body
    assert '<a href="https://khuyencong.example.org/schemes/1/">' in letter.alternatives[0].content


def test_one_digest_a_day_and_nothing_twice():
    someone, today = person(), timezone.localdate()
    for key in "abc":
        notice(user=someone, key=key)

    assert [mailing.send_digests(today) for _ in range(3)] == [1, 0, 0]
    notice(user=someone, key="d")
    assert mailing.send_digests(today) == 0
    Notice.objects.filter(mailed_at__isnull=False).update(mailed_at=timezone.now() - timezone.timedelta(days=1))
    assert mailing.send_digests(today) == 1
    assert [letter.subject.split(":")[1][:13] for letter in mail.outbox] == [" 3 thông báo ", " 1 thông báo "]


def test_who_read_it_or_has_no_address_or_is_locked_gets_no_letter():
    notice(user=person(), read_at=timezone.now() + timezone.timedelta(seconds=1))
    notice(user=UserFactory(email=""))
    notice(user=person(is_active=False))

    assert (mailing.send_digests(timezone.localdate()), mail.outbox) == (0, [])


def test_a_letter_that_fails_is_tried_again_and_harms_no_other(monkeypatch):
    for name in ("hong", "tot"):
        notice(user=person(full_name=name), mail="at_once")
    post = mailing._post

    def fails(user, *rest):
        post(user, *rest)
        if user.full_name == "hong":
            mail.outbox.pop()
            raise ConnectionRefusedError

    monkeypatch.setattr(mailing, "_post", fails)
    assert mailing.send_at_once() == 1
    monkeypatch.setattr(mailing, "_post", post)
    assert (mailing.send_at_once(), mailing.send_at_once(), len(mail.outbox)) == (1, 0, 2)


def test_without_a_mail_server_nothing_is_marked_as_sent(settings):
    settings.MAILS = False
    notice(user=person())

    assert (mailing.send_at_once(), mailing.send_digests(timezone.localdate())) == (0, 0)
    assert Notice.objects.get().mailed_at is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_digest():
    someone = person()
    for key in "abcde":
        notice(user=someone, key=key)
    begin, sent = threading.Barrier(2), []

    def work():
        begin.wait(5)
        sent.append(mailing.send_digests(timezone.localdate()))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert (sum(sent), len(mail.outbox)) == (1, 1)
    assert not Notice.objects.filter(mailed_at__isnull=True).exists()


def test_people_of_a_province_are_its_own_and_those_of_what_it_became(staff):
    old, new = ProvinceFactory(code="41", name="Tỉnh cũ"), staff.province
    LineageFactory(predecessor=old, successor=new)
    before = UserFactory(province=old)
    UserFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    UserFactory(province=new, is_active=False)

    assert people_of(old.pk, "staff") == [staff, before]
    assert people_of(new.pk, "staff") == [staff]


# Pages


def test_the_bell_counts_what_is_unread_without_a_query_of_its_own(client, staff, django_assert_num_queries):
    client.force_login(staff)
    with django_assert_num_queries(6):
        empty = soup(client.get(reverse("notices:list")))
    for key in "ab":
        notice(user=staff, key=key)
    notice(user=staff, key="c", in_portal=False)
    notice(user=UserFactory(), key="d")

    with django_assert_num_queries(6):
        page = soup(client.get(reverse("notices:list")))

    assert (empty.select_one(".bell b"), page.select_one(".bell b").get_text()) == (None, "2")
    assert len(page.select(".notices li[data-unread]")) == 2


def test_opening_marks_as_read_and_leads_there_and_anothers_is_not_found(client, staff):
    mine, other = notice(user=staff, url="/schemes/"), notice(user=UserFactory())
    client.force_login(staff)

    assert client.post(reverse("notices:open"), {"notice": mine.pk})["Location"] == "/schemes/"
    assert client.post(reverse("notices:open"), {"notice": other.pk}).status_code == 404

    assert list(Notice.objects.filter(read_at__isnull=False)) == [mine]


def test_reading_never_happens_by_looking(client, staff):
    notice(user=staff)
    client.force_login(staff)

    client.get(reverse("notices:list"))
    assert Notice.objects.unread().count() == 1
    client.post(reverse("notices:read"))
    assert Notice.objects.unread().count() == 0
    assert read(staff) == 0


def test_preferences_are_saved_and_shown(client, staff):
    client.force_login(staff)
    typed = {f"{kind}-mail": "daily" for kind in NoticeKind} | {f"{kind}-in_portal": "on" for kind in NoticeKind}
    typed |= {"sent-mail": "never"}
    del typed["overdue-in_portal"]

    client.post(reverse("notices:preferences"), typed)

    kept = {wish.kind: (wish.in_portal, wish.mail) for wish in NoticePreference.objects.filter(user=staff)}
    assert (kept["sent"], kept["overdue"], kept["assigned"]) == ((True, "never"), (False, "daily"), (True, "daily"))
    page = soup(client.get(reverse("notices:preferences")))
    assert page.select_one("select[name=sent-mail] option[selected]")["value"] == "never"
