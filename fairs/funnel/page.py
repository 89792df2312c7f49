"""The funnel as a page shows it: rows, rates and the picture."""

from decimal import Decimal

from khuyencong.funnel import explanations
from khuyencong.money import format_decimal

SERIES = (
    ("Đăng ký", "registered", "other"),
    ("Được công nhận", "recognised", "counterpart"),
    ("Được cấp giấy", "certified", "province"),
    ("Lên cấp trên", "promoted", "national"),
)


def context(steps, cycles):
    """`cycles`: those with dossiers, told apart when there are several."""
    return {
        "steps": _rows(steps),
        "explanations": explanations(steps),
        "chart": _chart(steps),
        "said": _in_words(steps),
        "cycles": [{"cycle": one.cycle, "steps": _rows(one.steps)} for one in cycles],
        "is_illustrative": any(one.cycle.is_illustrative for one in cycles),
    }


def _rows(steps):
    """From the highest level nothing goes on."""
    return [
        {
            "step": step,
            "level": step.level.name,
            "recognised_share": _share(step.recognised, step.registered),
            "promoted_share": _share(step.promoted, step.certified) if step != steps[-1] or step.promoted else "",
        }
        for step in steps
    ]


def _share(part, whole):
    """'71,67%'; '' of nothing."""
    return f"{format_decimal(Decimal(100 * part) / whole, 2)}%" if whole else ""


def _chart(steps):
    return steps and {
        "labels": [step.level.name for step in steps],
        "unit": "sản phẩm",
        "horizontal": True,
        "grouped": True,
        "series": [
            {"label": label, "tone": tone, "values": [str(getattr(step, name)) for step in steps]}
            for label, name, tone in SERIES
        ],
    }


def _in_words(steps):
    """The picture for who does not see it."""
    return "; ".join(
        f"{step.level.name}: " + ", ".join(f"{label.lower()} {getattr(step, name)}" for label, name, _ in SERIES)
        for step in steps
    )
