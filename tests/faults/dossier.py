"""Faults of dossiers."""

from django.utils import timezone

from programmes.dossier import storage
from tests.dossier_files import a_pdf, put
from tests.factories import (
    ContentFactory,
    DocumentFactory,
    DossierItemFactory,
    PaperTemplateFactory,
    SchemeFactory,
    UserFactory,
)
from tests.faults.planting import change, fault, stamp

TABLE = "programmes_schemedocument"


@fault("document-file-missing")
def _():
    storage.path(put(SchemeFactory(), a_pdf()).stored_name).unlink()


@fault("document-file-altered")
def _():
    storage.path(put(SchemeFactory(), a_pdf()).stored_name).write_bytes(b"%PDF- khac")


@fault("document-file-or-paper", f"{TABLE}.document_file_or_paper")
def _():
    change(DocumentFactory(), is_paper=False)


@fault("document-within-limits")
def _():
    stamp(put(SchemeFactory(), a_pdf()), size=900 * 2**20)


@fault("document-within-limits")
def _():
    stamp(put(SchemeFactory(), a_pdf()), content_type="application/x-msdownload")


@fault("document-withdrawn-says-why", f"{TABLE}.document_withdrawal_whole")
def _():
    paper = DocumentFactory()
    change(paper, withdrawn_at=paper.uploaded_at, withdrawn_by=UserFactory())


@fault("document-received-in-future")
def _():
    change(DocumentFactory(), received_on="2099-01-01")


@fault("document-of-the-scheme")
def _():
    DocumentFactory(item=DossierItemFactory(content=ContentFactory(code="KC01.02", name="Truyền nghề")))


@fault("dossier-complete")
def _():
    DossierItemFactory()
    draft, now = SchemeFactory(money={"province": 100}), timezone.now()
    change(draft, status="submitted", status_at=now, submitted_at=now, submitted_by=draft.created_by)


@fault("paper-template-fills")
def _():
    PaperTemplateFactory(content=b"PK khong phai Word")
