"""The people who work with the portal."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import _user_has_module_perms, _user_has_perm
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from khuyencong import constraints, scope
from khuyencong.boundaries import with_predecessors
from khuyencong.enums import Role
from khuyencong.fields import CleanCharField
from khuyencong.history import track
from khuyencong.models.places import Province


class UserQuerySet(scope.ScopedQuerySet):
    pass


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username, password=None, **fields):
        """A person; without a password nobody can log in as them."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        """For `manage.py createsuperuser`: a system administrator of all provinces."""
        return self.create_user(username, password, role=Role.ADMINISTRATOR, **fields)


@track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person of the Sở, its Centre, the leadership or the inspectorate, with one role.

    `province` empty means all provinces (the ministry's agency). What a role may do stands in `khuyencong.scope`.
    """

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng."},
    )
    full_name = CleanCharField("họ và tên", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    role = models.CharField("vai trò", max_length=15, choices=Role)
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name="tỉnh, thành phố",
        null=True,
        blank=True,
        help_text="Để trống: mọi tỉnh, thành phố.",
    )
    is_active = models.BooleanField(
        "đang hoạt động", default=True, help_text="Bỏ chọn để khóa tài khoản; không xóa để giữ lịch sử."
    )
    password_set_at = models.DateTimeField("đặt mật khẩu lúc", null=True, blank=True, editable=False)
    date_joined = models.DateTimeField("ngày tạo", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ["username"]
        constraints = [
            constraints.not_blank("user", "full_name", "Nhập họ và tên."),
            models.CheckConstraint(
                name="user_role_known",
                condition=models.Q(role__in=Role.values),
                violation_error_code="user_role_known",
                violation_error_message="Chọn một vai trò trong danh sách.",
            ),
        ]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name

    def set_password(self, raw_password):
        """Also writes when, so that the history tells that, and who did it; never what."""
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    @property
    def is_staff(self):
        """May open Django's admin."""
        return self.is_active and self.role in scope.ADMIN_ROLES

    @property
    def is_superuser(self):
        """Nobody is above the roles."""
        return False

    def has_perm(self, perm, obj=None):
        return self.is_active and _user_has_perm(self, perm, obj)

    def has_perms(self, perms, obj=None):
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label):
        return self.is_active and _user_has_module_perms(self, app_label)

    @cached_property
    def visible_province_ids(self):
        """Ids of the person's province and of those merged into it."""
        return with_predecessors(self.province_id)
