"""The database still has the rules that the models declare: triggers, constraints, keys, indexes, migrations."""

from functools import cache

import pgtrigger
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from khuyencong.integrity.rules import Rule, sql, stream
from khuyencong.integrity.tables import own_models

INSTALLED = """
    SELECT rel.relname, tg.tgname, tg.tgenabled, proc.prosrc FROM pg_trigger tg
        JOIN pg_class rel ON rel.oid = tg.tgrelid JOIN pg_proc proc ON proc.oid = tg.tgfoid
        WHERE NOT tg.tgisinternal AND rel.relnamespace = 'public'::regnamespace"""

GUARDS = """
    SELECT rel.relname, con.conname FROM pg_constraint con JOIN pg_class rel ON rel.oid = con.conrelid
    UNION SELECT rel.relname, idx.relname FROM pg_index JOIN pg_class rel ON rel.oid = indrelid JOIN pg_class idx ON idx.oid = indexrelid
    UNION SELECT rel.relname, 'khóa ngoại của cột ' || att.attname FROM pg_constraint con JOIN pg_class rel ON rel.oid = con.conrelid
        JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1] WHERE con.contype = 'f'
    UNION SELECT rel.relname, 'ràng buộc duy nhất của cột ' || att.attname FROM pg_index JOIN pg_class rel ON rel.oid = indrelid
        JOIN pg_attribute att ON att.attrelid = indrelid AND att.attnum = indkey[0]
        WHERE indisunique AND indnkeyatts = 1 AND indpred IS NULL"""


def _rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def _finding(table, name):
    return {"id": name, "province_id": None, "table": table, "name": name}


@cache
def _declared_triggers():
    """(table, compiled trigger) of all that the models and their history declare."""
    return tuple((model._meta.db_table, trigger.compile(model)) for model, trigger in pgtrigger.registered())


def _triggers():
    """(table, name, (enabled, source) or None when it is missing, declared SQL) of every trigger."""
    there = {(table, name): rest for table, name, *rest in _rows(INSTALLED)}
    for table, declared in _declared_triggers():
        yield table, declared.name, there.get((table, declared.sql.pgid)), str(declared.sql)


def missing_triggers():
    return (_finding(table, name) for table, name, found, _ in _triggers() if found is None)


def disabled_triggers():
    return (_finding(table, name) for table, name, found, _ in _triggers() if found and found[0] not in "OA")


def altered_triggers():
    return (_finding(table, name) for table, name, found, ours in _triggers() if found and found[1] not in ours)


def _declared(model):
    meta = model._meta
    yield from (rule.name for rule in (*meta.constraints, *meta.indexes))
    for field in meta.local_concrete_fields:
        if field.is_relation and field.db_constraint:
            yield f"khóa ngoại của cột {field.column}"
        if field.unique:
            yield f"ràng buộc duy nhất của cột {field.column}"


def missing_constraints():
    there = set(_rows(GUARDS))
    declared = ((model._meta.db_table, name) for model in own_models(auto_created=True) for name in _declared(model))
    return (_finding(*pair) for pair in declared if pair not in there)


def unapplied_migrations():
    loader = MigrationLoader(connection)
    waiting = sorted(set(loader.disk_migrations) - set(loader.applied_migrations))
    return (_finding(app, name) for app, name in waiting)


MIGRATE = "Chạy manage.py migrate; nếu vẫn thiếu, khôi phục từ bản sao lưu đúng phiên bản."

RULES = (
    Rule(
        "migration-unapplied",
        "Cơ sở dữ liệu đã được nâng cấp đến phiên bản của chương trình",
        stream(unapplied_migrations),
        "Bước nâng cấp {name} của {table} chưa chạy.",
        "Chạy manage.py migrate.",
    ),
    Rule(
        "trigger-missing",
        "Mọi luật viết bằng trigger đều có trong cơ sở dữ liệu",
        stream(missing_triggers),
        "Bảng {table} thiếu trigger {name}.",
        MIGRATE,
    ),
    Rule(
        "trigger-disabled",
        "Không có trigger nào bị tắt",
        stream(disabled_triggers),
        "Trigger {name} của bảng {table} đang bị tắt: số liệu sai có thể lọt vào mà không ai biết.",
        "Bật lại bằng manage.py pgtrigger enable, rồi kiểm tra những dòng đã ghi trong lúc tắt.",
    ),
    Rule(
        "trigger-altered",
        "Nội dung trigger đúng như chương trình khai báo",
        stream(altered_triggers),
        "Trigger {name} của bảng {table} khác với chương trình.",
        "Chạy manage.py pgtrigger install, rồi tìm xem ai đã sửa.",
    ),
    Rule(
        "constraint-missing",
        "Mọi ràng buộc, khóa và chỉ mục của chương trình đều có trong cơ sở dữ liệu",
        stream(missing_constraints),
        "Bảng {table} thiếu {name}.",
        MIGRATE,
    ),
    Rule(
        "constraint-not-validated",
        "Mọi ràng buộc đều đã được kiểm tra trên các dòng cũ",
        sql("""
            SELECT con.conname AS id, NULL::bigint AS province_id, con.conname AS name, con.conrelid::regclass::text AS table
                FROM pg_constraint con WHERE NOT con.convalidated AND con.connamespace = 'public'::regnamespace"""),
        "Ràng buộc {name} của bảng {table} chưa kiểm tra các dòng có từ trước (NOT VALID).",
        "Sửa các dòng sai, rồi chạy ALTER TABLE … VALIDATE CONSTRAINT.",
    ),
    Rule(
        "index-invalid",
        "Mọi chỉ mục đều dùng được",
        sql("""
            SELECT indexrelid::regclass::text AS id, NULL::bigint AS province_id, indexrelid::regclass::text AS name,
                indrelid::regclass::text AS table FROM pg_index WHERE NOT indisvalid"""),
        "Chỉ mục {name} của bảng {table} bị hỏng hoặc lập dở.",
        "Chạy REINDEX INDEX cho chỉ mục này.",
    ),
)
