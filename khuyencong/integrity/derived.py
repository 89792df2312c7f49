"""Keys that are derived from a row's other fields are what these fields give today."""

from khuyencong.fields import DerivedTextField
from khuyencong.integrity.rules import Rule, stream
from khuyencong.integrity.tables import own_models

CHUNK = 2000
NAMES = {
    "search_key": "khóa tìm kiếm",
    "sort_key": "khóa sắp xếp",
    "name_key": "khóa so trùng",
    "plain_name": "tên rút gọn",
}


def stale_keys():
    """Rows whose search, sort or name key is not what saving the row would write; one query for each table."""
    for model in own_models():
        fields = [field for field in model._meta.fields if isinstance(field, DerivedTextField)]
        if fields:
            for row in _rows(model):
                stale = [field.name for field in fields if getattr(row, field.name) != _derived(field, row)]
                if stale:
                    yield _finding(row, stale)


def _rows(model):
    relations = [field.name for field in model._meta.fields if field.many_to_one and field.name != "merged_into"]
    deeper = ["commune__parent"] if "commune" in relations else []
    rows = (
        model.objects.order_by("pk").select_related(*relations, *deeper) if relations else model.objects.order_by("pk")
    )
    for row in rows.iterator(CHUNK):
        if getattr(row, "commune", None) and row.commune_today is None:
            row.commune.today = lambda: None  # what lineage says stands in commune_today, which another rule checks
        yield row


def _derived(field, row):
    """What `field.pre_save` would write; the row keeps what it has."""
    kept = getattr(row, field.attname)
    try:
        return field.pre_save(row, add=False)
    finally:
        setattr(row, field.attname, kept)


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
