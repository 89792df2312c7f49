"""Who benefits from a scheme, and what came of it."""

from facilities.integrity.merges import MOVE, NAMED_LATER, later_references
from facilities.integrity.register import FACILITY
from khuyencong.integrity.rules import Rule, sql
from khuyencong.models.guards import kin
from programmes.enums import DECIDED, FINISHED, Status
from programmes.integrity.money import BY_DECISION
from programmes.integrity.schemes import OPEN, SCHEME, of_scheme
from programmes.integrity.steps import STATUS, listed

BENEFITS = """JOIN programmes_schemebeneficiary benefit ON benefit.scheme_id = scheme.id
    JOIN facilities_facility facility ON facility.id = benefit.facility_id"""


def _given_beyond(amount):
    """Schemes whose beneficiaries get more than its support; the sums of both, in đồng."""
    return of_scheme(
        "given.amount AS given, support.amount AS support",
        f"""CROSS JOIN LATERAL (SELECT coalesce(sum({amount}), 0) AS amount FROM programmes_schemebeneficiary
                WHERE scheme_id = scheme.id) given
        CROSS JOIN LATERAL (SELECT coalesce(sum({amount}), 0) AS amount FROM programmes_fundingline line
            JOIN programmes_fundingsource source ON source.code = line.source_id AND source.is_support
            WHERE line.scheme_id = scheme.id) support""",
        "given.amount > support.amount",
    )


RULES = (
    Rule(
        "benefits-within-proposed-support",
        "Tổng hỗ trợ đề nghị cho cơ sở không vượt kinh phí hỗ trợ đề nghị của đề án",
        _given_beyond("proposed_amount"),
        "Đề án {code} đề nghị cho các cơ sở {given} đồng, kinh phí hỗ trợ chỉ {support} đồng.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "benefits-within-approved-support",
        "Tổng hỗ trợ cho cơ sở không vượt kinh phí hỗ trợ được duyệt của đề án",
        _given_beyond("coalesce(adjusted_amount, approved_amount)"),
        "Đề án {code} duyệt cho các cơ sở {given} đồng, kinh phí hỗ trợ được duyệt chỉ {support} đồng.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "benefit-every-one-decided",
        "Đề án đã phê duyệt có số phê duyệt cho từng cơ sở thụ hưởng",
        of_scheme(
            "facility.name AS facility",
            BENEFITS,
            f"scheme.status IN {listed(DECIDED)} AND benefit.approved_amount IS NULL",
        ),
        "Đề án {code} đã phê duyệt mà chưa có số cho {facility}.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "benefit-not-negative",
        "Không có số hỗ trợ âm",
        of_scheme(
            "facility.name AS facility",
            BENEFITS,
            "least(benefit.proposed_amount, benefit.approved_amount, benefit.adjusted_amount) < 0",
        ),
        "Đề án {code} ghi số hỗ trợ âm cho {facility}.",
        BY_DECISION,
        SCHEME,
    ),
    Rule(
        "benefit-twice",
        "Mỗi cơ sở chỉ có một dòng trong một đề án",
        sql("""
            SELECT scheme.id, scheme.province_id, scheme.code, min(facility.name) AS facility, count(*) AS times
                FROM programmes_scheme scheme JOIN programmes_schemebeneficiary benefit ON benefit.scheme_id = scheme.id
                JOIN facilities_facility facility ON facility.id = benefit.facility_id
                GROUP BY scheme.id, facility.id HAVING count(*) > 1"""),
        "Đề án {code} ghi {facility} {times} lần.",
        "Cộng vào một dòng theo quyết định.",
        SCHEME,
    ),
    Rule(
        "benefit-of-the-place",
        "Cơ sở thụ hưởng cùng tỉnh với đề án, hoặc tỉnh trước, sau sáp nhập",
        of_scheme("facility.name AS facility", BENEFITS, f"NOT {kin('facility.province_id', 'scheme.province_id')}"),
        "Đề án {code} hỗ trợ {facility}, cơ sở của tỉnh khác.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "benefit-named-after-merge",
        "Không có hỗ trợ mới ghi cho cơ sở đã gộp",
        sql(later_references("programmes_schemebeneficiary", "hỗ trợ")),
        NAMED_LATER,
        MOVE,
        FACILITY,
    ),
    Rule(
        "result-not-negative",
        "Kết quả kế hoạch và thực hiện không âm",
        of_scheme(
            "indicator.name AS indicator",
            """JOIN programmes_schemeresult result ON result.scheme_id = scheme.id
            JOIN programmes_indicator indicator ON indicator.id = result.indicator_id""",
            "least(result.planned, result.actual) < 0",
        ),
        "Đề án {code}: kết quả “{indicator}” âm.",
        OPEN,
        SCHEME,
    ),
    Rule(
        "result-too-early",
        "Chỉ đề án đang thực hiện trở đi mới có kết quả thực hiện",
        of_scheme(
            f"indicator.name AS indicator, result.actual, {STATUS}",
            """JOIN programmes_schemeresult result ON result.scheme_id = scheme.id
            JOIN programmes_indicator indicator ON indicator.id = result.indicator_id""",
            f"result.actual IS NOT NULL AND scheme.status NOT IN {listed([Status.IN_PROGRESS, *FINISHED, Status.TERMINATED])}",
        ),
        "Đề án {code} ({status}) đã có kết quả thực hiện “{indicator}”: {actual}.",
        OPEN,
        SCHEME,
    ),
)
