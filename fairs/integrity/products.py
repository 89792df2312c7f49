"""Products with their photos, and the papers of dossiers that have a file."""

from typing import NamedTuple

from fairs.models import EntryPaper, ProductPhoto
from khuyencong.integrity.rules import Rule, sql, stream
from programmes.dossier import storage

PRODUCT, DOSSIER = "fairs.Product", "fairs.Entry"
RESTORE = "Khôi phục thư mục hồ sơ từ bản sao lưu cùng ngày với cơ sở dữ liệu."


class Kept(NamedTuple):
    """A file that a row keeps, and what its record is called."""

    stored_name: str
    sha256: str
    row: dict


def _photos():
    """Both files of every photo."""
    for photo in ProductPhoto.objects.select_related("product__facility").order_by("pk").iterator(chunk_size=500):
        row = {"id": photo.product_id, "province_id": photo.product.facility.province_id, "name": photo.product.name}
        yield Kept(photo.stored_name, photo.sha256, row)
        yield Kept(photo.thumbnail_name, photo.thumbnail_sha256, row)


def _papers():
    """The file of every paper of a dossier that is more than a note."""
    rows = EntryPaper.objects.exclude(stored_name="").select_related("entry__product", "entry__round__cycle")
    for paper in rows.order_by("pk").iterator(chunk_size=500):
        province = paper.entry.round.cycle.province_id
        row = {"id": paper.entry_id, "province_id": province, "name": paper.entry.product.name}
        yield Kept(paper.stored_name, paper.sha256, row)


def _missing(files):
    return lambda: (file.row for file in files() if not storage.path(file.stored_name).is_file())


def _altered(files):
    def read():
        for file in files():
            try:
                storage.open_intact(file).close()
            except storage.DamagedFileError as error:
                if str(error) == "altered":
                    yield file.row

    return read


RULES = (
    Rule(
        "product-once",
        "Mỗi cơ sở có một sản phẩm một tên; bộ sản phẩm có kể các sản phẩm trong bộ, sản phẩm đơn thì không",
        sql("""
            SELECT product.id, facility.province_id, product.name, facility.name AS facility FROM fairs_product product
                JOIN facilities_facility facility ON facility.id = product.facility_id
                WHERE product.is_set = (btrim(product.parts) = '') OR btrim(product.name) = '' OR EXISTS (SELECT 1
                    FROM fairs_product other WHERE other.id < product.id
                    AND (other.facility_id, other.name) = (product.facility_id, product.name))"""),
        "Sản phẩm “{name}” của {facility} trùng tên, hoặc ghi bộ sản phẩm không khớp.",
        "Mở trang của sản phẩm rồi sửa; nếu trùng thì giữ lại một.",
        PRODUCT,
    ),
    Rule(
        "product-photo-missing",
        "Mỗi ảnh sản phẩm còn đủ ảnh lớn và ảnh nhỏ trên máy chủ",
        stream(_missing(_photos)),
        "Ảnh của sản phẩm “{name}” không còn trên máy chủ.",
        RESTORE,
        PRODUCT,
    ),
    Rule(
        "product-photo-altered",
        "Ảnh sản phẩm còn nguyên như khi lưu",
        stream(_altered(_photos)),
        "Ảnh của sản phẩm “{name}” đã bị sửa sau khi lưu.",
        RESTORE,
        PRODUCT,
    ),
    Rule(
        "product-photo-whole",
        "Mỗi ảnh sản phẩm có tên tệp, mã kiểm tra, dung lượng và kích thước",
        sql("""
            SELECT product.id, facility.province_id, product.name FROM fairs_productphoto photo
                JOIN fairs_product product ON product.id = photo.product_id
                JOIN facilities_facility facility ON facility.id = product.facility_id
                WHERE least(photo.size, photo.width, photo.height) < 1 OR photo.stored_name !~ '^[0-9a-f]{32}$'
                OR photo.thumbnail_name !~ '^[0-9a-f]{32}$' OR photo.sha256 !~ '^[0-9a-f]{64}$'
                OR photo.thumbnail_sha256 !~ '^[0-9a-f]{64}$'"""),
        "Ảnh của sản phẩm “{name}” thiếu mã kiểm tra, dung lượng hoặc kích thước.",
        "Xóa ảnh này rồi tải lại.",
        PRODUCT,
    ),
    Rule(
        "entry-paper-missing",
        "Mỗi giấy tờ có tệp của hồ sơ bình chọn còn tệp trên máy chủ",
        stream(_missing(_papers)),
        "Hồ sơ bình chọn “{name}”: một tệp không còn trên máy chủ.",
        RESTORE,
        DOSSIER,
    ),
    Rule(
        "entry-paper-altered",
        "Tệp của hồ sơ bình chọn còn nguyên như khi nhận",
        stream(_altered(_papers)),
        "Hồ sơ bình chọn “{name}”: một tệp đã bị sửa sau khi nhận.",
        RESTORE,
        DOSSIER,
    ),
    Rule(
        "entry-paper-file-or-paper",
        "Giấy tờ của hồ sơ bình chọn là một tệp có mã kiểm tra, hoặc là bản giấy",
        sql("""
            SELECT entry.id, cycle.province_id, product.name FROM fairs_entrypaper paper
                JOIN fairs_entry entry ON entry.id = paper.entry_id JOIN fairs_product product ON product.id = entry.product_id
                JOIN fairs_selectionround held ON held.id = entry.round_id JOIN fairs_selectioncycle cycle ON cycle.id = held.cycle_id
                WHERE paper.is_paper <> (paper.stored_name = '') OR paper.is_paper <> (paper.size IS NULL)
                OR paper.is_paper <> (paper.sha256 = '') OR paper.is_paper AND paper.content_type <> ''"""),
        "Hồ sơ bình chọn “{name}”: một giấy tờ vừa là tệp vừa là bản giấy, hoặc không là gì.",
        "Xóa giấy tờ này rồi ghi lại.",
        DOSSIER,
    ),
)
