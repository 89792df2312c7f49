"""Telling people: `tell` writes what someone is to know, once; pages and mails take it from there (`khuyencong.mailing`)."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import Truncator

from khuyencong.boundaries import LineageMap
from khuyencong.models import Mail, Notice, NoticeKind, NoticePreference, User

LONGEST = 300  # characters of a title


def tell(users, kind, title, url, key):
    """Tell each of `users` of one thing as they wish to be told; who was already told `key` is not told again.

    `url` is a path of the portal, or a function of the user that gives it.
    """
    wishes = {wish.user_id: wish for wish in NoticePreference.objects.filter(user__in=users, kind=kind)}
    rows = [_notice(user, wishes.get(user.pk), kind, title, url, key) for user in {u.pk: u for u in users}.values()]
    Notice.objects.bulk_create([row for row in rows if row is not None], ignore_conflicts=True)


def _notice(user, wish, kind, title, url, key):
    in_portal, mail = (wish.in_portal, wish.mail) if wish else (True, Mail.DAILY)
    if not in_portal and mail == Mail.NEVER:
        return None
    title, path = Truncator(title).chars(LONGEST), url(user) if callable(url) else url
    return Notice(user=user, kind=kind, title=title, url=path, key=key, in_portal=in_portal, mail=mail)


def read(user, pks=None) -> int:
    """Mark these notices of the user as read, or all of them; how many were unread."""
    rows = Notice.objects.filter(user=user, read_at__isnull=True)
    return (rows if pks is None else rows.filter(pk__in=pks)).update(read_at=timezone.now())


def preferences(user) -> list[NoticePreference]:
    """How the user wants to be told of each kind, in the order of the kinds; unsaved where nothing was chosen yet."""
    chosen = {wish.kind: wish for wish in NoticePreference.objects.filter(user=user)}
    return [chosen.get(kind) or NoticePreference(user=user, kind=kind) for kind in NoticeKind]


def with_unread(users):
    """Annotates `unread_notices`: the bell's number comes with the person, without a query of its own."""
    unread = Notice.objects.unread().filter(user=OuterRef("pk")).order_by().values("user").annotate(n=Count("pk"))
    return users.annotate(unread_notices=Coalesce(Subquery(unread.values("n")), 0))


def people_of(province_id, *roles) -> list[User]:
    """Active people of these roles who see the province's records because it is theirs, or became a part of theirs."""
    people = User.objects.filter(is_active=True, role__in=roles, province__isnull=False).order_by("pk")
    return seeing(people, province_id)


def seeing(people, province_id) -> list[User]:
    """Of `people`, each once: the active ones who may see records of the province. One query for lineage."""
    lineage, within = LineageMap.of_provinces(), {None: True}
    for person in people:
        if person.province_id not in within:
            within[person.province_id] = province_id in lineage.ancestors(person.province_id)
    found = {person.pk: person for person in people if person.is_active and within[person.province_id]}
    return list(found.values())
