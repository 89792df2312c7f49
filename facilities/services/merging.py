"""Two facilities that are one: merged so that nothing moves, undone so that nothing is lost.

The duplicate stays as it was and points to the kept one; whoever reads what a facility received counts both.
"""

from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from facilities.models import Facility, FacilityMerge, NotDuplicate
from khuyencong import refusals
from khuyencong.refusals import RefusedError

# What a person may take over from the duplicate, each with the columns that go together.
CHOICES = {
    "name": ["name"],
    "legal_form": ["legal_form"],
    "tax_code": ["tax_code"],
    "registration_number": ["registration_number", "registered_on", "registered_at"],
    "trade": ["trade_id"],
    "vsic_code": ["vsic_code"],
    "products": ["products"],
    "commune": ["commune_id", "commune_today_id", "former_district_id"],
    "address": ["address"],
    "office_address": ["office_address"],
    "cluster": ["cluster_id"],
    "craft_village": ["craft_village_id"],
    "workers": ["workers"],
    "capital": ["capital"],
    "local_material_share": ["local_material_share"],
    "is_exporter": ["is_exporter"],
    "eligibility": ["eligibility", "eligibility_reason"],
    "contact_name": ["contact_name"],
    "phone": ["phone"],
    "email": ["email"],
    "note": ["note"],
}

NOT_YOURS = "Bạn không được gộp các cơ sở này."
ITSELF = "Không thể gộp một cơ sở vào chính nó."
ALREADY = "%s đã gộp vào %s. Hãy gộp với %s."
NO_REASON = "Ghi lý do."
UNDONE = "Lần gộp này đã được hoàn tác."
STALE = "Người khác vừa sửa một trong hai cơ sở. Hãy đối chiếu lại các mục dưới đây rồi gộp."
LATER_FIRST = "Lần gộp %s sau đó đã thay cùng một mục của %s. Hãy hoàn tác lần đó trước."
NOT_UNDONE = "Chưa hoàn tác được, chưa có gì thay đổi. Khi tách ra, hai hồ sơ phải đứng riêng được: %s"


@transaction.atomic
def merge(kept, duplicate, *, by, reason, take=(), versions=None):
    """Merge `duplicate` into `kept`, which takes over the choices `take` (keys of CHOICES). Returns the FacilityMerge.

    `versions`: those of both that the person saw; refused when somebody changed one since. A second click returns the
    merge that stands. RefusedError, or the database's own refusal, with nothing done.
    """
    _one_at_a_time()
    kept, duplicate = _locked(kept.pk, duplicate.pk)
    _refuse_unless_allowed(by, kept, duplicate)
    standing = FacilityMerge.objects.standing().filter(kept=kept, duplicate=duplicate).first()
    if standing:
        return standing
    _refuse_merged(kept, duplicate)
    if versions is not None and versions != (kept.version, duplicate.version):
        raise RefusedError(STALE, "stale")
    carried = list(duplicate.merged_from.order_by("pk").values_list("pk", flat=True))
    made = FacilityMerge.objects.create(
        kept=kept,
        duplicate=duplicate,
        reason=_given(reason),
        merged_by=by,
        carried=carried,
        replaced=_differences(kept, duplicate, take),
    )
    Facility.objects.filter(pk__in=carried).update(merged_into=kept)
    Facility.objects.filter(pk=duplicate.pk).update(merged_into=kept)
    _write(kept, {column: after for column, (_, after) in made.replaced.items()})
    connection.check_constraints()
    return made


def undo(merge, *, by, reason):
    """Take a merge back: what it brought together stands apart as before. RefusedError with nothing done.

    A value of the kept one goes back unless somebody changed it since. A second click changes nothing.
    """
    try:
        with transaction.atomic():
            return _undo(merge, by=by, reason=reason)
    except DatabaseError as error:
        refusal = refusals.explain(error)
        if not refusal.code:
            raise
        raise RefusedError(NOT_UNDONE % refusal.sentence, refusal.code) from error


def _undo(merge, *, by, reason):
    _one_at_a_time()
    merge = FacilityMerge.objects.select_for_update(of=("self",)).named().get(pk=merge.pk)
    kept, *_ = _locked(merge.kept_id, merge.duplicate_id, *merge.carried)
    _refuse_unless_allowed(by, kept, merge.duplicate)
    if merge.undone_at:
        return merge
    _refuse_overlaid(merge)
    merge.undone_by, merge.undone_at, merge.undo_reason = by, timezone.now(), _given(reason)
    merge.save()
    _write(kept, _to_restore(merge, kept))
    for pk in (merge.duplicate_id, *merge.carried):
        root = _root(pk)
        Facility.objects.filter(pk=pk).update(merged_into=None if root == pk else root)
    connection.check_constraints()
    return merge


@transaction.atomic
def tell_apart(first, second, *, by, reason):
    """Two facilities that look alike are not one: they are no longer suggested. A second click changes nothing."""
    first, second = sorted((first, second), key=lambda facility: facility.pk)
    _refuse_unless_allowed(by, first, second)
    told, _ = NotDuplicate.objects.get_or_create(
        first=first, second=second, defaults={"by": by, "reason": _given(reason)}
    )
    return told


def _one_at_a_time():
    """Merges and undos follow one another: which rows they touch must not change while they lock them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('facilities.merge'))")


def _locked(*ids):
    """The facilities of `ids` in that order, locked in the order of their ids, with all that is merged into them."""
    rows = Facility.objects.select_for_update(of=("self",)).filter(Q(pk__in=ids) | Q(merged_into__in=ids))
    found = {row.pk: row for row in rows.order_by("pk")}
    return [found[pk] for pk in ids]


def _refuse_unless_allowed(by, *facilities):
    ids = {facility.pk for facility in facilities}
    if not by.has_perm("facilities.merge_facility"):
        raise RefusedError(NOT_YOURS, "merge_permission")
    if len(ids) < len(facilities):
        raise RefusedError(ITSELF, "merge_of_two")
    if Facility.objects.visible_to(by).filter(pk__in=ids).count() < len(ids):
        raise RefusedError(NOT_YOURS, "merge_scope")


def _refuse_merged(*facilities):
    for facility in facilities:
        if facility.merged_into_id:
            into = facility.merged_into
            raise RefusedError(ALREADY % (facility, into, into), "merge_of_standing")


def _refuse_overlaid(merge):
    """Values go back in the order in which they came: a later merge that replaced the same one is undone first.

    Also one in which the kept one was the duplicate: what it had taken may have been handed on.
    """
    after = FacilityMerge.objects.standing().named().filter(pk__gt=merge.pk).order_by("-pk")
    for later in after.filter(Q(kept=merge.kept) | Q(duplicate=merge.kept)):
        if later.replaced.keys() & merge.replaced.keys():
            raise RefusedError(LATER_FIRST % (later.duplicate, later.kept), "merge_overlaid")


def _given(reason):
    if not reason.strip():
        raise RefusedError(NO_REASON, "reason")
    return reason


def _differences(kept, duplicate, take):
    """{column: [value of kept, value of duplicate]} of the choices in `take`, where they differ."""
    columns = [column for choice in take for column in CHOICES[choice]]
    pairs = {column: [getattr(kept, column), getattr(duplicate, column)] for column in columns}
    return {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}


def _write(facility, values):
    """Write columns, and what is derived from them."""
    if not values:
        return
    fresh = Facility.objects.get(pk=facility.pk)
    for column, value in values.items():
        setattr(fresh, column, value)
    fresh.save()


def _to_restore(merge, kept):
    """{column: former value} where the kept one still has what it took."""
    fields = {field.attname: field for field in Facility._meta.fields}
    read = {
        column: [_read(fields[column], value) for value in (*pair, getattr(kept, column))]
        for column, pair in merge.replaced.items()
    }
    return {column: before for column, (before, after, now) in read.items() if now == after}


def _read(field, value):
    return (field.target_field if field.is_relation else field).to_python(value)


def _root(pk):
    """Id of the facility that row `pk` counts for, following the merges that stand."""
    into = FacilityMerge.objects.standing().filter(duplicate=pk).first()
    return _root(into.kept_id) if into else pk
