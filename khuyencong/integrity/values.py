"""Values in every table: references, closed lists, text, counters."""

from functools import partial

from django.db import models

from khuyencong.fields import CleanCharField
from khuyencong.integrity.rules import Rule, Severity, sql
from khuyencong.integrity.tables import head, labels, name_of, own_models, union


def _text_fields(model, kind):
    return [field for field in model._meta.local_concrete_fields if isinstance(field, kind) and not field.is_relation]


def _over_text(kind, fault):
    """One SELECT over the text columns of every table; `fault`: SQL condition of a column."""
    selects = []
    for model in own_models():
        pairs = [(fault(f"this.{field.column}"), field.verbose_name) for field in _text_fields(model, kind)]
        if pairs:
            selects.append(
                f"SELECT {head(model)}, {labels(pairs)} AS columns FROM {model._meta.db_table} this "
                f"WHERE {' OR '.join(condition for condition, _ in pairs)}"
            )
    return union(selects)


def _unknown_choices():
    selects = []
    for model in own_models():
        pairs = [
            (f"this.{field.column} <> ALL ({_known(field)})", field.verbose_name)
            for field in model._meta.local_concrete_fields
            if field.choices
        ]
        if pairs:
            selects.append(
                f"SELECT {head(model)}, {labels(pairs)} AS columns FROM {model._meta.db_table} this "
                f"WHERE {' OR '.join(condition for condition, _ in pairs)}"
            )
    return union(selects)


def _known(field):
    values = [str(value) for value, _ in field.flatchoices] + (
        [""] if field.blank and field.empty_strings_allowed else []
    )
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"ARRAY[{listed}]::{'integer' if isinstance(field, models.IntegerField) else 'text'}[]"


def _dangling():
    return union(
        f"SELECT {head(model)}, '{field.related_model._meta.verbose_name}' AS other, this.{field.column}::text AS value "
        f"FROM {model._meta.db_table} this LEFT JOIN {field.related_model._meta.db_table} other "
        f"ON other.{field.target_field.column} = this.{field.column} "
        f"WHERE this.{field.column} IS NOT NULL AND other.{field.target_field.column} IS NULL"
        for model in own_models(auto_created=True)
        for field in model._meta.local_concrete_fields
        if field.is_relation
    )


def _sequences():
    """Each table's largest number beside the last one that its counter gave out."""
    counted = [model for model in own_models(auto_created=True) if isinstance(model._meta.pk, models.AutoField)]
    tables = union(
        f"SELECT '{model._meta.db_table}' AS id, NULL::bigint AS province_id, '{name_of(model)}' AS what, "
        f"max({model._meta.pk.column}) AS largest, "
        f"coalesce(pg_sequence_last_value(pg_get_serial_sequence('{model._meta.db_table}', '{model._meta.pk.column}')), 0) "
        f"AS given FROM {model._meta.db_table}"
        for model in counted
    )
    return f"SELECT * FROM ({tables}) counters WHERE largest > given"


RULES = (
    Rule(
        "dangling-reference",
        "Mọi tham chiếu đều trỏ đến một dòng có thật",
        sql(_dangling),
        "{what} số {id} trỏ đến {other} số {value}, không có.",
        "Khôi phục dòng đã mất từ bản sao lưu, hoặc chọn lại trên trang của hồ sơ.",
    ),
    Rule(
        "choice-unknown",
        "Trạng thái, vai trò, cấp, loại… chỉ mang giá trị có trong danh sách",
        sql(_unknown_choices),
        "{what} số {id}: giá trị của “{columns}” không có trong danh sách.",
        "Chọn lại giá trị đúng; xem lịch sử để biết giá trị trước đó.",
    ),
    Rule(
        "text-not-nfc",
        "Chữ được lưu ở dạng Unicode dựng sẵn (NFC)",
        sql(partial(_over_text, (models.CharField, models.TextField), "({0} IS NOT NFC NORMALIZED)".format)),
        "{what} số {id}: “{columns}” chưa ở dạng dựng sẵn nên tìm và so trùng sẽ sót.",
        "Mở hồ sơ, gõ lại rồi lưu.",
    ),
    Rule(
        "text-spaces",
        "Tên và các ô một dòng không có khoảng trắng thừa",
        sql(partial(_over_text, CleanCharField, r"({0} ~ '^\s|\s$|\s\s|[\u200b\ufeff]')".format)),
        "{what} số {id}: “{columns}” có khoảng trắng thừa.",
        "Mở hồ sơ rồi lưu lại.",
        severity=Severity.WARNING,
    ),
    Rule(
        "sequence-behind",
        "Bộ đếm số của mỗi bảng không tụt sau số lớn nhất đã dùng",
        sql(_sequences),
        "Bảng {id} ({what}) đã có số {largest} nhưng bộ đếm mới đến {given}: lần thêm sau sẽ bị từ chối.",
        "Đặt lại bộ đếm bằng lệnh do manage.py sqlsequencereset in ra.",
    ),
)
