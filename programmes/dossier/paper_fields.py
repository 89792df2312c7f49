"""Every field that a template of a paper may use: what a scheme says, as text in an office's words."""

import re

from khuyencong.boundaries import LineageMap
from khuyencong.models import AgencyName, Province
from khuyencong.money import format_amount
from khuyencong.words import amount_in_words
from programmes.enums import Level
from programmes.models import Appraisal, LedgerEntry
from programmes.models.workflow import Stage

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
STAGES = {
    "de_nghi": "proposed_amount",
    "phe_duyet": "approved_amount",
    "dieu_chinh": "adjusted_amount",
    "nghiem_thu": "accepted_amount",
    "quyet_toan": "settled_amount",
}
BLANK = "……"


def about(scheme, day) -> dict:
    """Every field that a template may use, as text: agencies as they are called on `day`, the scheme, money, parties."""
    lines = list(scheme.funding_lines.select_related("source"))
    support = [line for line in lines if line.source.is_support]
    fields = {
        **agencies(scheme.province_id, day),
        "nam_lap": f"{day:%Y}",
        "de_an": _scheme(scheme),
        "kinh_phi": [{"nguon": line.source.name} | _amounts([line]) for line in lines],
        "tong": _amounts(lines),
        "ho_tro": _amounts(support),
        "tam_ung": _advanced(scheme, support),
        "tham_dinh": _appraisal(scheme),
        "bang_chu": _words(lines),
        "ho_tro_bang_chu": _words(support),
        "thu_huong": [_beneficiary(one) for one in scheme.beneficiaries.named()],
        "ket_qua": [_result(one) for one in scheme.results.named()],
        "ho_so": [document.title for document in scheme.documents.in_force()],
    }
    return clean(fields)


def clean(value):
    """Without the control characters that no XML may hold."""
    if isinstance(value, dict):
        return {key: clean(one) for key, one in value.items()}
    if isinstance(value, list):
        return [clean(one) for one in value]
    return CONTROL.sub("", value) if isinstance(value, str) else value


def agencies(province_id, day):
    """Names of agencies as they are called on `day`, of the province that answers for `province_id` then."""
    province = _province_on(province_id, day)

    def name(kind, default):
        return AgencyName.objects.of(kind, day, province) or default

    department = name(AgencyName.Kind.DEPARTMENT, "Sở Công Thương")
    return {
        "co_quan_chu_quan": f"UBND {province.full_name}".upper(),
        "uy_ban": f"Ủy ban nhân dân {province.full_name}",
        "co_quan": department,
        "co_quan_in": department.upper(),
        "bo": name(AgencyName.Kind.MINISTRY, "Bộ Công Thương"),
        "cuc": name(AgencyName.Kind.NATIONAL_AGENCY, "Cơ quan khuyến công của Bộ"),
        "trung_tam": name(AgencyName.Kind.CENTRE, "Trung tâm Khuyến công"),
        "dia_danh": province.name,
    }


def _province_on(pk, day):
    """The province that answers for the place now, under its name of `day`."""
    lineage = LineageMap.of_provinces()
    heir = lineage.today(pk) or pk
    named = Province.objects.filter(pk__in=lineage.same_place(heir)).on(day).first()
    return named or Province.objects.get(pk=heir)


def _scheme(scheme):
    def day(value):
        return f"{value:%d/%m/%Y}" if value else ""

    return {
        "ma": scheme.code,
        "ten": scheme.name,
        "loai": scheme.get_kind_display(),
        "cap": scheme.get_level_display().lower(),
        "la_quoc_gia": scheme.level == Level.NATIONAL,
        "nam": str(scheme.year),
        "noi_dung": scheme.content.name,
        "chuong_trinh": scheme.programme.name if scheme.programme else "",
        "muc_tieu": scheme.objective or BLANK,
        "dia_diem": scheme.place or scheme.province.full_name,
        "don_vi_thuc_hien": scheme.implementing_unit.name,
        "bat_dau": day(scheme.start_on) or BLANK,
        "ket_thuc": day(scheme.adjusted_end_on or scheme.end_on) or BLANK,
        "so_quyet_dinh": scheme.decision_number or BLANK,
        "ngay_quyet_dinh": day(scheme.decision_on) or BLANK,
        "ngay_nghiem_thu": day(scheme.accepted_on) or BLANK,
        "so_quyet_toan": scheme.settlement_number or BLANK,
        "ngay_quyet_toan": day(scheme.settled_on) or BLANK,
    }


def _sum(lines, stage):
    """What the lines add up to at a stage; None when no line has an amount there."""
    known = [getattr(line, stage) for line in lines if getattr(line, stage) is not None]
    return sum(known) if known else None


def _today(lines):
    """What counts today: after adjustment, else as approved, else as proposed."""
    amounts = (one for one in (_sum(lines, stage) for stage in list(STAGES.values())[2::-1]) if one is not None)
    return next(amounts, 0)


def _amounts(lines):
    """{stage: '1.714.000.000' or ''}, what counts today, and what was approved but not settled."""
    sums = {stage: _sum(lines, column) for stage, column in STAGES.items()}
    texts = {stage: "" if value is None else format_amount(value) for stage, value in sums.items()}
    left = "" if sums["quyet_toan"] is None else format_amount(_today(lines) - sums["quyet_toan"])
    return texts | {"hien_nay": format_amount(_today(lines)), "chenh_lech": left}


def _words(lines):
    """The same amounts in words."""
    sums = {stage: _sum(lines, column) for stage, column in STAGES.items()} | {"hien_nay": _today(lines)}
    return {stage: "" if value is None else amount_in_words(value) for stage, value in sums.items()}


def _advanced(scheme, support):
    """What was paid of the support so far, less what came back; '' when nothing was."""
    paid, codes = 0, {line.source_id for line in support}
    signs = {LedgerEntry.Kind.ADVANCE: 1, LedgerEntry.Kind.PAYMENT: 1, LedgerEntry.Kind.REFUND: -1}
    for (_, source), sums in LedgerEntry.objects.filter(scheme=scheme).sums().items():
        paid += sum(signs.get(kind, 0) * amount for kind, amount in sums.items()) if source in codes else 0
    return format_amount(paid) if paid else ""


def _appraisal(scheme):
    """The newest sheet of the Sở: the five items with what was found, and the conclusion; blank before there is one."""
    sheet = scheme.appraisals.filter(stage=Stage.BASE).last()
    items = [
        {
            "noi_dung": Appraisal._meta.get_field(item).verbose_name,
            "ket_qua": getattr(sheet, f"get_{item}_display")() if sheet else "",
            "nhan_xet": getattr(sheet, f"{item}_note") if sheet else "",
        }
        for item in Appraisal.ITEMS
    ]
    verdict = sheet.get_verdict_display() if sheet else ""
    return {"muc": items, "ket_luan": verdict, "y_kien": sheet.conclusion if sheet else ""}


def _beneficiary(one):
    facility = one.facility
    amount = one.proposed_amount if one.approved_amount is None else one.approved_amount
    return {
        "ten": facility.name,
        "dia_chi": facility.address or facility.place or BLANK,
        "ma_so_thue": facility.tax_code or "",
        "dai_dien": facility.contact_name or BLANK,
        "dien_thoai": facility.phone or BLANK,
        "hang_muc": one.cost_item or "",
        "ho_tro": format_amount(amount),
    }


def _result(one):
    def number(value):
        return "" if value is None else f"{value.normalize():f}".replace(".", ",")

    return {
        "chi_tieu": one.indicator.name,
        "don_vi": one.indicator.unit,
        "ke_hoach": number(one.planned),
        "thuc_hien": number(one.actual),
    }
