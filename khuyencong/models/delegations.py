"""Who acts for whom while absent: dated, of one role and place, told in the history."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Greatest, Least

from khuyencong import constraints, scope
from khuyencong.enums import Role
from khuyencong.fields import CleanCharField
from khuyencong.history import track
from khuyencong.models.guards import kin
from khuyencong.triggers import before, refuse

PERSON = settings.AUTH_USER_MODEL
OTHER_ROLE = "%s là %s, không cùng vai trò với %s nên không nhận ủy quyền được."
OTHER_PLACE = "%s không cùng địa bàn với %s nên không nhận ủy quyền được."
LOCKED_OUT = "Tài khoản của %s đã khóa nên không nhận ủy quyền được."
CHAIN = "%s cũng vắng mặt và đã ủy quyền cho người khác trong những ngày này."
CHAIN_BACK = "%s đang nhận ủy quyền của người khác trong những ngày này nên chưa ủy quyền tiếp được."
ONLY_ENDS = "Ủy quyền đã lập chỉ được kết thúc sớm, không sửa. Hãy kết thúc rồi lập ủy quyền mới."


class DelegationQuerySet(scope.ScopedQuerySet):
    province_field = "from_person__province"

    def on(self, day):
        """In force on `day`; from the day it was ended on it is not."""
        return self.filter(first_day__lte=day, last_day__gte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))

    def concerning(self, user):
        """Given or received by `user`."""
        return self.filter(Q(from_person=user) | Q(to_person=user))

    def named(self):
        return self.select_related("from_person", "to_person", "created_by", "ended_by")


def _effective():
    """SQL: the days on which it holds, from the first up to the day it was ended on; empty when none is left."""
    after_last = Func(F("last_day"), template="(%(expressions)s + 1)", output_field=models.DateField())
    end = Greatest("first_day", Least("ended_on", after_last))  # without an end, PostgreSQL leaves NULL out
    return Func(F("first_day"), end, Value("[)"), function="daterange", output_field=DateRangeField())


def _days(row):
    """The same as `_effective`, for triggers."""
    return f"daterange({row}.first_day, greatest({row}.first_day, least({row}.ended_on, {row}.last_day + 1)), '[)')"


def _role(person):
    cases = " ".join(f"WHEN '{role.value}' THEN '{role.label}'" for role in Role)
    return f"CASE {person}.role {cases} END"


FIXED = ("from_person_id", "to_person_id", "first_day", "last_day", "document", "created_by_id")
only_ends = before(
    "delegation_only_ends",
    pgtrigger.Update,
    f"""IF OLD.ended_on IS NOT NULL OR {" OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIXED)}
    THEN {refuse("delegation_only_ends", ONLY_ENDS)} END IF;""",
)
between_colleagues = before(
    "delegation_between_colleagues",
    pgtrigger.Insert,
    f"""
    SELECT * INTO giver FROM khuyencong_user WHERE id = NEW.from_person_id;
    SELECT * INTO taker FROM khuyencong_user WHERE id = NEW.to_person_id;
    IF giver.role <> taker.role THEN {refuse("delegation_same_role", OTHER_ROLE, "taker.full_name", _role("taker"), "giver.full_name")} END IF;
    IF NOT taker.is_active THEN {refuse("delegation_to_active", LOCKED_OUT, "taker.full_name")} END IF;
    IF (giver.province_id IS NULL) <> (taker.province_id IS NULL) OR NOT coalesce({kin("giver.province_id", "taker.province_id")}, TRUE)
    THEN {refuse("delegation_same_place", OTHER_PLACE, "taker.full_name", "giver.full_name")} END IF;
    PERFORM pg_advisory_xact_lock(hashtext('khuyencong_delegation'));
    IF EXISTS (SELECT 1 FROM khuyencong_delegation other WHERE other.from_person_id = NEW.to_person_id AND {_days("other")} && {_days("NEW")})
    THEN {refuse("delegation_no_chain", CHAIN, "taker.full_name")} END IF;
    IF EXISTS (SELECT 1 FROM khuyencong_delegation other WHERE other.to_person_id = NEW.from_person_id AND {_days("other")} && {_days("NEW")})
    THEN {refuse("delegation_no_chain_back", CHAIN_BACK, "giver.full_name")} END IF;
    """,
    declare=[("giver", "RECORD"), ("taker", "RECORD")],
)


def acts_for_sql(person, assigned_to, day):
    """SQL boolean: `person` may act on `day` in what is assigned to `assigned_to`: to nobody, to them, or delegated to them."""
    return f"""({assigned_to} IS NULL OR {assigned_to} = {person} OR EXISTS (SELECT 1 FROM khuyencong_delegation given
        WHERE given.from_person_id = {assigned_to} AND given.to_person_id = {person}
        AND {day} BETWEEN given.first_day AND given.last_day AND (given.ended_on IS NULL OR {day} < given.ended_on)))"""


@track()
class Delegation(models.Model):
    """What one person leaves to a colleague of the same role and province, from one day to another (ủy quyền khi vắng).

    It is not edited, only ended early. Who delegates on some days receives none of these days, and the reverse.
    """

    from_person = models.ForeignKey(
        PERSON, models.PROTECT, related_name="delegations_given", verbose_name="người vắng mặt"
    )
    to_person = models.ForeignKey(
        PERSON, models.PROTECT, related_name="delegations_received", verbose_name="người xử lý thay"
    )
    first_day = models.DateField("từ ngày")
    last_day = models.DateField("đến hết ngày")
    document = CleanCharField("căn cứ", max_length=150, help_text="Giấy nghỉ phép, quyết định cử đi công tác…")
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="người lập", editable=False)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    ended_on = models.DateField("kết thúc sớm từ ngày", null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="người kết thúc", null=True, blank=True, editable=False
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "ủy quyền khi vắng mặt"
        verbose_name_plural = "ủy quyền khi vắng mặt"
        ordering = ["-first_day", "-pk"]
        constraints = [
            constraints.not_blank("delegation", "document", "Nhập căn cứ, ví dụ số giấy nghỉ phép."),
            constraints.dates_in_order("delegation", "first_day", "last_day", "Ngày cuối không được trước ngày đầu."),
            constraints.both_or_neither("delegation", "ended_on", "ended_by", "Kết thúc sớm phải ghi ngày và người."),
            models.CheckConstraint(
                name="delegation_not_to_oneself",
                condition=~Q(from_person=F("to_person")),
                violation_error_code="delegation_not_to_oneself",
                violation_error_message="Không ủy quyền cho chính mình.",
            ),
            ExclusionConstraint(
                name="delegation_days_apart",
                expressions=[("from_person", RangeOperators.EQUAL), (_effective(), RangeOperators.OVERLAPS)],
                violation_error_code="delegation_days_apart",
                violation_error_message="Người này đã có ủy quyền trong những ngày đó.",
            ),
        ]
        triggers = [only_ends, between_colleagues]

    def __str__(self):
        return f"{self.from_person} ủy quyền cho {self.to_person}"
