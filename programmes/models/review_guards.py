"""The law of what is written down beside a scheme: sheets, comments and papers stay as they were written."""

import pgtrigger

from khuyencong.triggers import before, refuse
from programmes.enums import UNDER_REVIEW

SCHEME = "programmes_scheme"
REVIEWED = ", ".join(f"'{status.value}'" for status in UNDER_REVIEW)
LOOK = f"SELECT * INTO scheme FROM {SCHEME} WHERE id = NEW.scheme_id FOR NO KEY UPDATE;"  # one writer at a time
TODAY = "(clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


def unchanged(name, label):
    """A row of a paper stays as written; it goes only with a draft."""
    return before(
        f"{name}_unchanged",
        pgtrigger.Update,
        refuse(f"{name}_unchanged", f"{label} đã ghi thì không sửa được. Hãy ghi một bản mới."),
    )


def stays(name, label):
    """A row is never deleted."""
    return before(
        f"{name}_stays",
        pgtrigger.Delete,
        refuse(f"{name}_stays", f"{label} đã ghi thì không xóa được: phải giữ lại để thanh tra, kiểm tra."),
    )


appraised_under_review = before(
    "appraisal_under_review",
    pgtrigger.Insert,
    f"""
    {LOOK}
    IF (NEW.stage = 'base' AND scheme.status <> 'submitted') OR (NEW.stage = 'national' AND scheme.status <> 'registered') THEN
        {refuse("appraisal_under_review", "Phiếu thẩm định chỉ ghi khi đề án đang chờ thẩm định ở cấp đó.")}
    END IF;
    IF NEW.made_by_id IN (scheme.created_by_id, scheme.submitted_by_id) THEN
        {refuse("appraisal_four_eyes", "Người lập hoặc người gửi đề án không được tự thẩm định đề án đó.")}
    END IF;
    NEW.submitted_at := scheme.submitted_at;
    """,
    declare=[("scheme", f"{SCHEME}%ROWTYPE")],
)

commented_under_review = before(
    "review_comment_under_review",
    pgtrigger.Insert,
    f"""
    {LOOK}
    IF scheme.status NOT IN ({REVIEWED}) THEN
        {refuse("review_comment_under_review", "Chỉ góp ý khi đề án đang được thẩm định.")}
    END IF;
    NEW.submitted_at := scheme.submitted_at;
    """,
    declare=[("scheme", f"{SCHEME}%ROWTYPE")],
)

comment_answered_only = before(
    "review_comment_answered_only",
    pgtrigger.Update,
    "IF (NEW.scheme_id, NEW.submitted_at, NEW.field, NEW.label, NEW.text, NEW.made_by_id, NEW.made_at) IS DISTINCT FROM "
    "(OLD.scheme_id, OLD.submitted_at, OLD.field, OLD.label, OLD.text, OLD.made_by_id, OLD.made_at) THEN "
    + refuse("review_comment_answered_only", "Ý kiến thẩm định đã ghi thì không sửa được; chỉ ghi được giải trình.")
    + " END IF;",
)

paper_not_in_future = before(
    "step_paper_not_in_future",
    pgtrigger.Insert,
    "IF NEW.issued_on > (NEW.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN "
    + refuse("step_paper_not_in_future", "Ngày văn bản không được ở tương lai.")
    + " END IF;",
)
