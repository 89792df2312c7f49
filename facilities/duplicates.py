"""Facilities that may be one: what makes two look alike, and how much.

Nothing compares everything with everything: rows of an equal key are compared with the next few of it, and similar names
only with their neighbours in the alphabet, forwards and backwards, within one commune or former district.
"""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import CharField, Count, F, Func, Q, Value
from django.db.models.functions import Right, Upper

from facilities.models import Facility, NotDuplicate
from facilities.names import name_key, plain_name
from khuyencong.boundaries import with_predecessors
from khuyencong.models import AdministrativeUnit

LIKENESS = 0.55  # share of common trigrams from which two names are similar
ALIKE, AROUND = 5, 5  # how many of the next of an equal key, and of similar names, each is compared with
SHARED_PHONE = 6  # a number of more facilities than this is an office's
SUGGESTED = 5
PAGE_SIZE = 20
CERTAIN, LIKELY = 80, 50


@dataclass(frozen=True)
class Pair:
    """Two standing facilities that may be one, the older row first; `score` of 100, `reasons` as sentences."""

    first: Facility
    second: Facility
    reasons: tuple[str, ...]
    score: int

    @property
    def label(self):
        """How likely they are one, in words."""
        if self.score >= CERTAIN:
            return "Rất có thể trùng"
        return "Có thể trùng" if self.score >= LIKELY else "Cần xem"

    @property
    def tone(self):
        return "bad" if self.score >= CERTAIN else "wait" if self.score >= LIKELY else ""


def _bare(column):
    """SQL: a number without the spaces and marks that people write in it."""
    return Upper(Func(column, Value(" .,-–()/+"), Value(""), function="TRANSLATE"))


SIGNS = {
    "tax": "Cùng mã số thuế",
    "number": "Cùng số đăng ký kinh doanh",
    "name": "Cùng tên",
    "similar": "Tên gần giống",
    "phone": "Cùng điện thoại",
}
# What is compared, by the name that it has in SQL. Branches share the first part of a tax code; the last nine digits of
# a phone number do not depend on how the trunk is written (0912…, +84 912…).
KEYS = {
    "place": F("province_id"),
    "name": F("name_key"),
    "plain": F("plain_name"),
    "commune": F("commune_today_id"),
    "district": F("former_district_id"),
    "tax": Func("tax_code", Value("-"), 1, function="SPLIT_PART", output_field=CharField()),
    "number": _bare("registration_number"),
    "phone": Right(_bare("phone"), 9),
}


def _next(partition, where="TRUE"):
    """SQL: (one, other) of each facility and the next few of its partition; linear, however large it is."""
    return f"""(SELECT id AS one, commune, unnest(array_agg(id) OVER next) AS other,
        unnest(array_agg(commune) OVER next) AS other_commune FROM facility WHERE {where}
        WINDOW next AS (PARTITION BY {partition} ORDER BY id ROWS BETWEEN 1 FOLLOWING AND {ALIKE} FOLLOWING))"""


_COMPARED = ("place", "name", "plain", "commune")


def _around(place, order):
    """SQL: neighbours in the alphabet of one place, each with what is compared of both (…, other_…)."""
    window = f"PARTITION BY {place} ORDER BY {order}, id ROWS BETWEEN 1 FOLLOWING AND {AROUND} FOLLOWING"
    others = ", ".join(f"unnest(array_agg({column}) OVER near) AS other_{column}" for column in ("id", *_COMPARED))
    return f"""SELECT id, {", ".join(_COMPARED)}, {others} FROM facility
        WHERE {place} IS NOT NULL AND plain <> '' WINDOW near AS ({window})"""


def _near():
    """By the beginning and by the end of their names, so that either may be written in another way."""
    return " UNION ALL ".join(
        _around(place, order) for place in ("commune", "district") for order in ("plain", "reverse(plain)")
    )


_PHONES = f"length(phone) = 9 AND phone IN (SELECT phone FROM facility GROUP BY 1 HAVING count(*) BETWEEN 2 AND {SHARED_PHONE})"
_EQUAL = f"""
    SELECT one, other, 'tax' AS sign, 60 AS points FROM {_next("tax", "tax <> ''")} pair
    UNION ALL SELECT one, other, 'number', 60 FROM {_next("number", "number <> ''")} pair
    UNION ALL SELECT one, other, 'name', 50 FROM named
    UNION ALL SELECT one, other, 'commune', 20 FROM named WHERE commune = other_commune
    UNION ALL SELECT one, other, 'phone', 30 FROM {_next("phone", _PHONES)} pair"""
_SIMILAR = f"""
    UNION ALL SELECT least(id, other_id), greatest(id, other_id), 'similar', max(45 * similarity(plain, other_plain))::int
    FROM ({_near()}) near
    WHERE (place, name) <> (other_place, other_name) AND coalesce(commune = other_commune, TRUE)
        AND similarity(plain, other_plain) >= {LIKENESS}
        AND regexp_replace(plain, '\\D', '', 'g') = regexp_replace(other_plain, '\\D', '', 'g')
    GROUP BY 1, 2"""


def candidates(facilities, *, sign="", names=True, offset=0):
    """(a page of pairs from `offset` on, how many there are in all), strongest first.

    `facilities`: a QuerySet of what the person may see; rows merged into others take no part, nor do pairs that a person
    found to be two. `sign`: only pairs that have it, a key of SIGNS. `names`: look for similar names too, which costs most.
    """
    keys = facilities.standing().order_by().annotate(**{f"{name}_of": key for name, key in KEYS.items()})
    base, parameters = keys.values_list("pk", *(f"{name}_of" for name in KEYS)).query.sql_with_params()
    query = f"""
        WITH facility(id, {", ".join(KEYS)}) AS MATERIALIZED ({base}),
        named AS MATERIALIZED {_next("place, name")}
        SELECT one, other, array_agg(sign), least(sum(points), 100), count(*) OVER ()
        FROM ({_EQUAL}{_SIMILAR if names else ""}) signs
        WHERE NOT EXISTS (SELECT 1 FROM {NotDuplicate._meta.db_table} WHERE first_id = one AND second_id = other)
        GROUP BY one, other HAVING %s = '' OR %s = ANY (array_agg(sign))
        ORDER BY 4 DESC, one, other LIMIT {PAGE_SIZE} OFFSET %s"""
    with connection.cursor() as cursor:
        cursor.execute(query, [*parameters, sign, sign, offset])
        found = cursor.fetchall()
    return _pairs(found), found[0][-1] if found else 0


def _pairs(found):
    ids = {pk for one, other, *_ in found for pk in (one, other)}
    rows = Facility.objects.filter(pk__in=ids).for_list().annotate(schemes=Count("benefits")).in_bulk()
    return [
        Pair(rows[one], rows[other], tuple(_reasons(rows[one], rows[other], signs)), int(score))
        for one, other, signs, score, _ in found
    ]


def _reasons(one, other, signs):
    """Each sign as a sentence, in the order of SIGNS."""
    place = f", nay cùng {one.commune_today.full_name}" if "commune" in signs else ""
    sentences = {
        "tax": f"Cùng mã số thuế {one.tax_code[:10]}, khác mã đơn vị phụ thuộc",
        "number": f"Cùng số đăng ký kinh doanh {one.registration_number}",
        "name": f"Cùng tên (không kể cách viết tắt, chữ hoa){place}",
        "similar": "Tên gần giống, cùng địa bàn",
        "phone": f"Cùng điện thoại {one.phone}",
    }
    return (sentence for sign, sentence in sentences.items() if sign in signs)


def similar_to(*, name, province_id, tax_code="", commune_id=None, exclude=None):
    """At most 5 standing facilities of a province that one of this name may be, likeliest first; [] when none is alike.

    Asked before a facility is saved; `exclude`: its id when it has one. A duplicate's former name leads to the kept one.
    The caller answers for the person's right to see the province.
    """
    root = tax_code.replace(" ", "").partition("-")[0] or "none"  # which begins no tax code
    same_tax = Q(tax_code__startswith=root)
    same_name = Q(name_key=name_key(name)) & ~Q(name_key="")
    near = _in_commune(commune_id)
    known = (
        Facility.objects.filter(same_tax | same_name | near, province__in=with_predecessors(province_id))
        .with_counted_id()
        .annotate(
            same_tax=same_tax,
            same_name=same_name,
            likeness=TrigramSimilarity("plain_name", plain_name(name)),
            digits=Func("plain_name", Value(r"\D"), Value(""), Value("g"), function="REGEXP_REPLACE"),
        )
        .filter(same_tax | same_name | Q(likeness__gte=LIKENESS, digits=_digits(plain_name(name))))
    )
    strongest = known.order_by("-same_tax", "-same_name", "-likeness", "pk").values_list("counted_id", flat=True)
    ids = [pk for pk in dict.fromkeys(strongest[: 4 * SUGGESTED]) if pk not in {exclude, *_told_apart(exclude)}]
    rows = Facility.objects.for_list().in_bulk(ids[:SUGGESTED])
    return [rows[pk] for pk in ids[:SUGGESTED]]


def _digits(name):
    return "".join(char for char in name if char.isdigit())


def _in_commune(commune_id):
    """Facilities of a commune, by whatever name it was written down; of None: none."""
    commune = AdministrativeUnit.objects.filter(pk=commune_id).first()
    today = (commune and commune.today()) or commune
    return Q(commune=commune_id or 0) | Q(commune_today=today.pk if today else 0)


def _told_apart(pk):
    """Ids of facilities that a person found to be others than this one."""
    if pk is None:
        return set()
    pairs = NotDuplicate.objects.filter(Q(first=pk) | Q(second=pk)).values_list("first", "second")
    return {other for pair in pairs for other in pair} - {pk}
