"""The dossier: files whole, papers accounted for, no step taken without what it asked for, templates that can be filled in."""

from django.conf import settings

from khuyencong.integrity.rules import TODAY, Rule, Severity, sql, stream
from khuyencong.refusals import RefusedError
from programmes.dossier import papers, storage
from programmes.dossier.kinds import KINDS
from programmes.dossier_steps import Step
from programmes.enums import EDITABLE
from programmes.integrity.schemes import SCHEME
from programmes.models import PaperTemplate, SchemeDocument
from programmes.models.dossier_guards import DOCUMENT, ITEM, TARGET, applies, given, local_day, valid_on

TYPES = ", ".join(f"'{kind.content_type}'" for kind in KINDS)
_labels = " ".join(f"WHEN '{step.value}' THEN '{step.label}'" for step in Step)
STEP = f"CASE item.step {_labels} END"
OPEN = ", ".join(f"'{status.value}'" for status in EDITABLE)
RESTORE = "Khôi phục thư mục hồ sơ từ bản sao lưu cùng ngày với cơ sở dữ liệu."
REPLACE = "Bổ sung bản đúng vào hồ sơ, rồi rút lại bản này và ghi lý do."


def of_document(columns, condition):
    """The scheme's id, province and code and the paper's title beside `columns`; `document` is the paper."""
    more = f", {columns}" if columns else ""
    return sql(
        lambda: (
            f"SELECT scheme.id, scheme.province_id, scheme.code, document.title{more} FROM {DOCUMENT} document "
            f"JOIN programmes_scheme scheme ON scheme.id = document.scheme_id LEFT JOIN {ITEM} item ON item.id = document.item_id "
            f"WHERE {condition.format(limit=settings.DOSSIER_FILE_LIMIT)}"
        )
    )


def _files():
    """Papers that have a file."""
    rows = SchemeDocument.objects.filter(is_paper=False).exclude(stored_name="").select_related("scheme").order_by("pk")
    return rows.iterator(chunk_size=500)


def _row(document):
    scheme = document.scheme
    return {"id": scheme.pk, "province_id": scheme.province_id, "code": scheme.code, "title": document.title}


def missing_files():
    """Papers whose file is gone."""
    return (_row(document) for document in _files() if not storage.path(document.stored_name).is_file())


def altered_files():
    """Papers whose file is not the one that was given; reads every file."""
    for document in _files():
        try:
            storage.open_intact(document).close()
        except storage.DamagedFileError as error:
            if str(error) == "altered":
                yield _row(document)


def broken_templates():
    """Templates in use that a sample does not fill."""
    for template in PaperTemplate.objects.filter(is_active=True).order_by("pk").iterator():
        try:
            papers.check(bytes(template.content), template.name, template.kind)
        except RefusedError as error:
            yield {"id": template.pk, "province_id": template.province_id, "why": error.refusal.sentence}


# Only items that stand as they stood when the step was recorded: a paper asked for later was not asked for then.
UNGIVEN = f"""
    SELECT scheme.id, scheme.province_id, scheme.code, item.name AS item, {STEP} AS step FROM (
            SELECT DISTINCT ON (id, status) * FROM (
                SELECT pgh_id, pgh_obj_id AS id, status, status_at, pgh_created_at AS recorded_at,
                    lag(status) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS before FROM programmes_schemeevent) version
            WHERE status IS DISTINCT FROM before ORDER BY id, status, pgh_id DESC) passed
        JOIN programmes_scheme scheme ON scheme.id = passed.id AND scheme.status NOT IN ({OPEN})
        JOIN {ITEM} item ON item.is_required AND {TARGET} = passed.status AND {valid_on(local_day("passed.status_at"))}
            AND {applies("scheme")} AND NOT (item.only_with_beneficiaries AND scheme.is_group)
        JOIN (SELECT pgh_obj_id, max(pgh_created_at) AS at FROM programmes_dossieritemevent GROUP BY pgh_obj_id) changed
            ON changed.pgh_obj_id = item.id AND changed.at <= passed.recorded_at
        WHERE NOT {given("scheme")}"""

RULES = (
    Rule(
        "document-file-missing",
        "Mỗi giấy tờ có tệp còn tệp trên máy chủ",
        stream(missing_files),
        "Đề án {code}: tệp của “{title}” không còn trên máy chủ.",
        RESTORE,
        SCHEME,
    ),
    Rule(
        "document-file-altered",
        "Tệp của hồ sơ còn nguyên như khi nhận",
        stream(altered_files),
        "Đề án {code}: tệp của “{title}” đã bị sửa sau khi nhận.",
        RESTORE,
        SCHEME,
    ),
    Rule(
        "document-file-or-paper",
        "Giấy tờ là một tệp có mã kiểm tra, hoặc là bản giấy",
        of_document(
            "",
            "document.is_paper <> (document.stored_name = '') OR document.is_paper <> (document.size IS NULL) "
            "OR document.is_paper <> (document.sha256 = '')",
        ),
        "Đề án {code}: “{title}” vừa là tệp vừa là bản giấy, hoặc không là gì.",
        REPLACE,
        SCHEME,
    ),
    Rule(
        "document-within-limits",
        "Tệp của hồ sơ đúng định dạng và dung lượng cho phép",
        of_document(
            "document.content_type, round(document.size / 1048576.0, 1) AS megabytes",
            f"NOT document.is_paper AND (document.size > {{limit}} OR document.content_type NOT IN ('', {TYPES}))",
        ),
        "Đề án {code}: tệp của “{title}” ({content_type}, {megabytes} MB) ngoài định dạng hoặc dung lượng cho phép.",
        REPLACE,
        SCHEME,
    ),
    Rule(
        "document-withdrawn-says-why",
        "Giấy tờ rút lại có người, thời điểm và lý do",
        of_document(
            "",
            "num_nulls(document.withdrawn_at, document.withdrawn_by_id) = 1 "
            "OR (document.withdrawn_at IS NULL) <> (btrim(document.withdrawn_reason) = '')",
        ),
        "Đề án {code}: “{title}” đã rút lại mà thiếu người, thời điểm hoặc lý do.",
        "Ghi lý do theo văn bản rút; xem lịch sử để biết ai đã rút.",
        SCHEME,
    ),
    Rule(
        "document-received-in-future",
        "Ngày nhận giấy tờ không ở tương lai",
        of_document("document.received_on", f"document.received_on > {TODAY}"),
        "Đề án {code}: “{title}” ghi ngày nhận {received_on}.",
        REPLACE,
        SCHEME,
    ),
    Rule(
        "document-of-the-scheme",
        "Giấy tờ thuộc thành phần hồ sơ của chính đề án",
        of_document(
            "item.name AS item", f"item.id IS NOT NULL AND document.withdrawn_at IS NULL AND NOT {applies('scheme')}"
        ),
        "Đề án {code}: “{title}” gắn với mục “{item}” không áp dụng cho đề án này.",
        "Bổ sung giấy tờ đó vào đúng mục, rồi rút lại bản gắn sai.",
        SCHEME,
        Severity.WARNING,
    ),
    Rule(
        "dossier-complete",
        "Mỗi bước đã qua có đủ giấy tờ bắt buộc của ngày đó",
        sql(UNGIVEN),
        "Đề án {code} đã qua bước “{step}” mà hồ sơ không có “{item}”.",
        "Bổ sung giấy tờ vào hồ sơ của đề án.",
        SCHEME,
    ),
    Rule(
        "paper-template-fills",
        "Mẫu văn bản đang dùng điền được",
        stream(broken_templates),
        "{why} Vì vậy không lập được văn bản từ mẫu này.",
        "Sửa tệp Word rồi thêm mẫu mới; ngừng dùng mẫu hỏng.",
        "programmes.PaperTemplate",
    ),
)
