"""Fields as `paper_fields.about` gives them, with sample texts: what a new template is tried on."""

from programmes.dossier.paper_fields import STAGES

SAMPLE_TEXT = "mẫu"


def _texts(names):
    return dict.fromkeys(names.split(), SAMPLE_TEXT)


_AMOUNTS = dict.fromkeys((*STAGES, "hien_nay", "chenh_lech"), "1.000.000")
_WORDS = dict.fromkeys((*STAGES, "hien_nay"), "Một triệu đồng")
_SCHEME = _texts(
    "ma ten loai cap nam noi_dung chuong_trinh muc_tieu dia_diem don_vi_thuc_hien bat_dau ket_thuc so_quyet_dinh"
    " ngay_quyet_dinh ngay_nghiem_thu so_quyet_toan ngay_quyet_toan"
)
SAMPLE = {
    **_texts("co_quan_chu_quan uy_ban co_quan co_quan_in bo cuc trung_tam dia_danh nam_lap"),
    "de_an": _SCHEME | {"la_quoc_gia": False},
    "kinh_phi": [{"nguon": SAMPLE_TEXT} | _AMOUNTS],
    "tong": _AMOUNTS,
    "ho_tro": _AMOUNTS,
    "bang_chu": _WORDS,
    "ho_tro_bang_chu": _WORDS,
    "tam_ung": "1.000.000",
    "tham_dinh": {"muc": [_texts("noi_dung ket_qua nhan_xet")], **_texts("ket_luan y_kien")},
    "thu_huong": [_texts("ten dia_chi ma_so_thue dai_dien dien_thoai hang_muc ho_tro")],
    "ket_qua": [_texts("chi_tieu don_vi ke_hoach thuc_hien")],
    "ho_so": [SAMPLE_TEXT],
}
SAMPLES = {}  # kind of a template that is not about schemes -> its fields; filled by the apps above


def sample_of(kind):
    """What a template of that kind may use."""
    return SAMPLES.get(kind, SAMPLE)
