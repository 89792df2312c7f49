"""The only reader of product selection for reports: a fixed number of queries, plain rows as of the question's day."""

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from fairs.enums import EntryStatus, ProductGroup, RoundStatus
from fairs.models import Certificate, Commendation, Entry, SelectionLevel, SelectionRound
from fairs.selection.years import COUNTED_YEAR
from khuyencong.funnel import LevelName
from khuyencong.refusals import RefusedError
from reports.figures.selection_rows import CertificateRow, CommendationRow, EntryRow, RoundRow, SelectionRows

MOST_ENTRIES = 50_000
TOO_MANY = "Báo cáo này có hơn 50.000 hồ sơ, quá lớn cho một tệp. Hãy lập cho từng tỉnh, thành phố."


def read(question):
    """Rounds of the territory that count for a year of the period, with their dossiers. RefusedError above 50.000."""
    rounds = {one.id: one for one in _rounds(question)}
    entries = Entry.objects.filter(round__in=rounds, registered_on__lte=question.cut_off).standing()
    if entries[MOST_ENTRIES : MOST_ENTRIES + 1].exists():
        raise RefusedError(TOO_MANY, "report_too_large")
    return SelectionRows(
        levels=_levels(),
        groups=dict(ProductGroup.choices),
        rounds=tuple(rounds.values()),
        entries=_entries(entries, rounds, question.cut_off),
        commendations=_commendations(question),
    )


def newest_year(user, before):
    """The latest year before `before` in which a round that `user` may see counts; None without any."""
    rounds = SelectionRound.objects.visible_to(user).annotate(year=COUNTED_YEAR)
    return rounds.filter(year__lt=before).aggregate(newest=Max("year"))["newest"]


def _levels():
    """One name a code, the newest."""
    rows = SelectionLevel.objects.order_by("valid_from").values_list("code", "name", "rank")
    found = {code: LevelName(code, name, rank) for code, name, rank in rows}
    return tuple(sorted(found.values(), key=lambda level: (level.rank, level.code)))


def _rounds(question):
    coverage, day = question.coverage, question.cut_off
    rounds = SelectionRound.objects.filter(opens_on__lte=day).for_list()
    if coverage.ids is not None:
        rounds = rounds.filter(cycle__province__in=coverage.ids)
    found = (_round(one, coverage, day) for one in rounds.order_by("cycle__year", "level__rank", "opens_on", "pk"))
    return (row for row in found if row.year in question.period.years)


def _round(one, coverage, day):
    is_concluded = one.status == RoundStatus.CONCLUDED and one.decided_on <= day
    return RoundRow(
        id=one.pk,
        cycle_id=one.cycle_id,
        cycle=one.cycle.name,
        cycle_year=one.cycle.year,
        level=one.level.code,
        place=one.place,
        province=one.cycle.province.name,
        opens_on=one.opens_on,
        decided_on=one.decided_on if is_concluded else None,
        decision_number=one.decision_number if is_concluded else "",
        status=one.get_status_display(),
        territory=coverage.place_of(one.cycle.province_id),
        is_illustrative=one.cycle.is_illustrative,
    )


def _entries(entries, rounds, day):
    certificates = _certificates(rounds, day)
    found = entries.annotate(counted=Coalesce("product__facility__merged_into", "product__facility")).select_related(
        "product__facility__commune", "product__facility__former_district", "product__facility__province"
    )
    return tuple(_entry(one, rounds[one.round_id], certificates) for one in found.order_by("round", "number", "pk"))


def _entry(one, round, certificates):
    product = one.product
    return EntryRow(
        id=one.pk,
        round=round,
        product_id=product.pk,
        product=product.name,
        group=product.group,
        facility_id=one.counted,
        facility=product.facility.name,
        place=product.facility.place,
        is_set=product.is_set,
        is_recognised=one.status == EntryStatus.PASSED and round.decided_on is not None,
        certificate=certificates.get(one.pk),
        rests_on=one.lower_certificate_id,
    )


def _certificates(rounds, day):
    """{entry id: its certificate, issued by `day`}."""
    rows = Certificate.objects.filter(round__in=rounds, issued_on__lte=day)
    promoting = Entry.objects.standing().filter(registered_on__lte=day, lower_certificate__in=rows)
    promoted = set(promoting.values_list("lower_certificate", flat=True))
    return {
        one.entry_id: CertificateRow(
            one.pk,
            one.number,
            one.issued_on,
            one.valid_to,
            one.revoked_on if one.revoked_on and one.revoked_on <= day else None,
            one.pk in promoted,
        )
        for one in rows
    }


def _commendations(question):
    rows = Commendation.objects.filter(year__in=question.period.years)
    rows = rows.filter(Q(decided_on__isnull=True) | Q(decided_on__lte=question.cut_off))
    if question.coverage.ids is not None:
        rows = rows.filter(province__in=question.coverage.ids)
    return tuple(
        CommendationRow(
            level=one.get_level_display(),
            kind=one.recipient_kind,
            count=one.count,
            year=one.year,
            recipient=one.recipient,
            form=one.form,
            note=one.note,
            kind_label=one.get_recipient_kind_display(),
            is_illustrative=one.is_illustrative,
        )
        for one in rows.order_by("year", "level", "recipient_kind", "pk")
    )
