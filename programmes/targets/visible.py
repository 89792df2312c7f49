"""Whose programmes a person sees, and whose a person may change in the portal."""

from django.db.models import Q

from khuyencong.scope import province_ids
from programmes.models import Programme


def programmes_for(user):
    """National programmes, and those of the provinces that the person sees."""
    ids = province_ids(user)
    return Programme.objects.all() if ids is None else Programme.objects.filter(Q(province=None) | Q(province__in=ids))


def own_programmes(user):
    """Programmes of provinces that the person works for; national ones are kept in the admin."""
    return programmes_for(user).filter(province__isnull=False)
