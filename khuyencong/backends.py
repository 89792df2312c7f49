"""Password check as Django does it; permissions from the role, not from rows that someone could add."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from khuyencong import notices, scope
from khuyencong.models import User


class RoleBackend(ModelBackend):
    """Permissions of the role, and nothing else."""

    def get_user(self, user_id):
        """The person, with the number of notices for the bell: it costs no query of its own."""
        found = notices.with_unread(User.objects.filter(pk=user_id)).first()
        return found if found and self.user_can_authenticate(found) else None

    def get_all_permissions(self, user_obj, obj=None):
        return scope.permissions_of(user_obj) if obj is None else set()

    def has_perm(self, user_obj, perm, obj=None):
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj, app_label):
        return any(code.startswith(f"{app_label}.") for code in self.get_all_permissions(user_obj))


def client_address(request):
    """Who asks: in production the address that our own proxy appended last; what came before it can be invented."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.DEMONSTRATION or not forwarded:
        return request.META.get("REMOTE_ADDR")
    return forwarded.rpartition(",")[2].strip()
