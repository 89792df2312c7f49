"""Keys that are derived from a row's other fields are what these fields give today."""

from khuyencong import keys
from khuyencong.integrity.rules import Rule, stream
from khuyencong.integrity.tables import own_models

NAMES = {
    "search_key": "khóa tìm kiếm",
    "sort_key": "khóa sắp xếp",
    "name_key": "khóa so trùng",
    "plain_name": "tên rút gọn",
}
NAMED = (("commune", "parent"), ("commune", "province"), ("former_district", "province"))  # by the places of a record


def stale_keys():
    """Rows whose search, sort or name key is not what saving the row would write; one query for each table."""
    for model in own_models():
        if keys.key_fields(model):
            for row, wanted in keys.stale(model.objects.all()):
                yield _finding(row, [name for name, value in wanted.items() if getattr(row, name) != value])


def _finding(row, stale):
    return {
        "id": row.pk,
        "model": row._meta.label,
        "province_id": row.pk if row._meta.model_name == "province" else getattr(row, "province_id", None),
        "what": row._meta.verbose_name,
        "name": str(row),
        "columns": ", ".join(NAMES.get(name, name) for name in stale),
    }


RULES = (
    Rule(
        "derived-key-stale",
        "Khóa tìm kiếm, sắp xếp và so trùng đúng với tên, mã và địa bàn hiện tại",
        stream(stale_keys),
        "{what} “{name}”: {columns} đã cũ nên tìm kiếm hoặc so trùng sẽ sót.",
        "Chạy manage.py rebuild_keys; một hồ sơ thì mở ra rồi lưu lại.",
    ),
)
