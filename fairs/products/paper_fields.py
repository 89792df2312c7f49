"""Every field that a template of a certificate may use: what a certificate says, as text in an office's words."""

import re

from fairs.enums import Reach
from programmes.dossier.paper_fields import BLANK, agencies, clean

CAPITAL = "Hà Nội"
OFFICE = re.compile(r" (?=UBND|Ủy ban|Bộ )")
SAMPLE_TEXT = "mẫu"
SAMPLE = {
    "chung_nhan": dict.fromkeys(
        [
            "so",
            "cap",
            "cap_in",
            "khu_vuc",
            "nam",
            "so_quyet_dinh",
            "ngay_quyet_dinh",
            "ngay",
            "thang",
            "nam_cap",
            "ngay_cap",
            "co_gia_tri_den",
        ],
        SAMPLE_TEXT,
    ),
    "co_quan": dict.fromkeys(["cap_tren", "ten", "thay_mat", "chuc_vu", "dia_danh"], SAMPLE_TEXT),
    "san_pham": {"ten": SAMPLE_TEXT, "loai": SAMPLE_TEXT, "nhom": SAMPLE_TEXT, "trong_bo": [SAMPLE_TEXT]},
    "co_so": dict.fromkeys(["ten", "dia_chi"], SAMPLE_TEXT),
}


def about(certificate) -> dict:
    """Fields shaped as SAMPLE; agencies and places are called as on the day of issue."""
    product = certificate.entry.product
    fields = {
        "chung_nhan": _certificate(certificate),
        "co_quan": _issuer(certificate),
        "san_pham": {
            "ten": product.name,
            "loai": "bộ sản phẩm" if product.is_set else "sản phẩm",
            "nhom": product.get_group_display(),
            "trong_bo": [part.strip() for part in product.parts.splitlines() if part.strip()],
        },
        "co_so": {"ten": product.facility.name, "dia_chi": _address(product.facility)},
    }
    return clean(fields)


def _certificate(certificate):
    round, day = certificate.round, certificate.issued_on
    return {
        "so": certificate.number,
        "cap": round.level.name.lower(),
        "cap_in": round.level.name.upper(),
        "khu_vuc": round.place,
        "nam": str(round.year),
        "so_quyet_dinh": round.decision_number or BLANK,
        "ngay_quyet_dinh": f"{round.decided_on:%d/%m/%Y}" if round.decided_on else BLANK,
        "ngay": f"{day:%d}",
        "thang": f"{day:%m}" if day.month < 3 else str(day.month),  # NĐ 30/2020: a zero before days to 9, months 1, 2
        "nam_cap": str(day.year),
        "ngay_cap": f"{day:%d/%m/%Y}",
        "co_gia_tri_den": f"{certificate.valid_to:%d/%m/%Y}",
    }


def _issuer(certificate):
    """The agency above when its name is printed, the agency, for whom one signs, as what, and where."""
    reach, place = certificate.round.level.reach, certificate.round.unit
    named = agencies(certificate.round.cycle.province_id, certificate.issued_on)
    signer = {"chuc_vu": OFFICE.split(certificate.signer or certificate.round.level.signer)[0].upper()}
    if reach in (Reach.REGION, Reach.NATION):
        above, own = (named["bo"], named["cuc"]) if reach == Reach.REGION else ("", named["bo"])
        return signer | {"cap_tren": above.upper(), "ten": own.upper(), "thay_mat": "", "dia_danh": CAPITAL}
    committee = f"Ủy ban nhân dân {place.full_name}" if place else named["uy_ban"]
    signer |= {"cap_tren": "", "ten": committee.upper(), "thay_mat": "TM. ỦY BAN NHÂN DÂN"}
    return signer | {"dia_danh": place.name if place else named["dia_danh"]}


def _address(facility):
    return ", ".join(part for part in (facility.address or facility.place, facility.province.name) if part)
