"""The history tells of every row: its newest version is the row, and nothing came or went unseen."""

from khuyencong.integrity.rules import Rule, sql
from khuyencong.integrity.tables import head, histories, labels, union

NEWEST = "LEFT JOIN LATERAL (SELECT * FROM {0} WHERE pgh_obj_id = this.{1} ORDER BY pgh_id DESC LIMIT 1) kept ON TRUE"


def _kept_fields(model, event):
    names = {field.name for field in event._meta.concrete_fields}
    return [field for field in model._meta.concrete_fields if field.name in names and not field.primary_key]


def _from(model, event):
    return f"FROM {model._meta.db_table} this {NEWEST.format(event._meta.db_table, model._meta.pk.column)}"


def _differing():
    selects = []
    for model, event in histories():
        pairs = [
            (f"this.{field.column} IS DISTINCT FROM kept.{field.column}", field.verbose_name)
            for field in _kept_fields(model, event)
        ]
        differs = " OR ".join(condition for condition, _ in pairs)
        selects.append(
            f"SELECT {head(model)}, {labels(pairs)} AS columns {_from(model, event)} "
            f"WHERE kept.pgh_id IS NOT NULL AND ({differs})"
        )
    return union(selects)


def _untold():
    return union(
        f"SELECT {head(model)} {_from(model, event)} WHERE kept.pgh_id IS NULL" for model, event in histories()
    )


def _vanished():
    return union(
        f"SELECT last.pgh_obj_id::text AS id, NULL::bigint AS province_id, '{model._meta.verbose_name}' AS what, last.at FROM ("
        f"SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id, pgh_label, pgh_created_at AS at FROM {event._meta.db_table} "
        f"ORDER BY pgh_obj_id, pgh_id DESC) last LEFT JOIN {model._meta.db_table} this ON this.{model._meta.pk.column} = last.pgh_obj_id "
        f"WHERE (last.pgh_label = 'delete') <> (this.{model._meta.pk.column} IS NULL)"
        for model, event in histories()
    )


LOOK = "Tìm người và lý do đã sửa ngoài cổng; khôi phục giá trị đúng qua trang của hồ sơ để lịch sử ghi lại."

RULES = (
    Rule(
        "history-differs",
        "Phiên bản mới nhất trong lịch sử đúng bằng hồ sơ hiện có",
        sql(_differing),
        "{what} số {id}: {columns} khác với lịch sử, tức là đã bị sửa mà không để lại dấu vết.",
        LOOK,
    ),
    Rule(
        "history-missing",
        "Mọi hồ sơ đều có lịch sử từ khi được lập",
        sql(_untold),
        "{what} số {id} không có dòng lịch sử nào.",
        LOOK,
    ),
    Rule(
        "history-of-vanished",
        "Hồ sơ chỉ mất đi bằng một lần xóa có ghi lại",
        sql(_vanished),
        "{what} số {id}: lịch sử đến {at} và bảng không khớp nhau về việc xóa.",
        "Khôi phục hồ sơ từ bản sao lưu, rồi tìm người và lý do đã xóa ngoài cổng.",
    ),
)
