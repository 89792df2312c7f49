"""Faults of certificates, of holders' reports, of products and their files, of commendations."""

import datetime

from fairs.models import Certificate, EntryPaper
from programmes.dossier import storage
from tests.factories import FacilityFactory
from tests.fairs.factories import (
    CommendationFactory,
    EntryFactory,
    HolderReportFactory,
    PaperFactory,
    PhotoFactory,
    ProductFactory,
    RoundFactory,
    conclude,
    reviewer_of,
)
from tests.faults.fairs_entries import issued
from tests.faults.places import ended_province
from tests.faults.planting import change, fault

CERTIFICATE, REPORT = "fairs_certificate", "fairs_holderreport"


def _photo(**values):
    """A photo with both files."""
    large, small = storage.keep([b"anh lon"]), storage.keep([b"anh nho"])
    kept = {"stored_name": large.name, "sha256": large.sha256}
    kept |= {"thumbnail_name": small.name, "thumbnail_sha256": small.sha256}
    return PhotoFactory(**kept | values)


def _file_of_entry(**values):
    """A paper of a dossier that is a file."""
    file = storage.keep([b"giay to"])
    kept = {"stored_name": file.name, "sha256": file.sha256, "size": file.size}
    named = {"original_name": "phieu.pdf", "content_type": "application/pdf"}
    return PaperFactory(is_paper=False, **kept | named | values)


@fault("certificate-of-passed")
def _():
    round = RoundFactory()
    passed, failed = (EntryFactory(round=round) for _ in range(2))
    conclude(round, passed)
    day = datetime.date(2020, 10, 1)
    Certificate.objects.create(
        entry=failed, round=round, number="1", issued_on=day, valid_to=day, issued_by=reviewer_of(round)
    )


@fault("certificate-of-passed")
def _():
    issued(round=RoundFactory())


@fault("certificate-days", f"{CERTIFICATE}.certificate_issued_on_before_valid_to")
def _():
    issued(valid_to=datetime.date(2020, 1, 1))


@fault("certificate-days")
def _():
    issued(issued_on=datetime.date(2020, 9, 1))


@fault("certificate-valid-within-rule")
def _():
    issued(valid_to=datetime.date(2099, 12, 31))


@fault("certificate-number-once", f"{CERTIFICATE}.certificate_number_once")
def _():
    round = RoundFactory()
    entries = [EntryFactory(round=round) for _ in range(2)]
    conclude(round, *entries)
    for entry in entries:
        entry.refresh_from_db()
        issued(entry, number="1")


@fault("certificate-revoked-whole", f"{CERTIFICATE}.certificate_revocation_whole")
def _():
    change(issued(), revoked_on=datetime.date(2021, 1, 10))


@fault("holder-report-of-holder")
def _():
    HolderReportFactory(facility=FacilityFactory())


@fault("holder-report-of-holder", f"{REPORT}.holder_report_once")
def _():
    facility = issued().entry.product.facility
    HolderReportFactory(facility=facility), HolderReportFactory(facility=facility)


@fault("holder-report-figures", f"{REPORT}.holder_report_export_within_revenue")
def _():
    HolderReportFactory(facility=issued().entry.product.facility, revenue=5, export_value=6)


@fault("product-once", "fairs_product.product_set_has_parts")
def _():
    ProductFactory(is_set=True)


@fault("product-once", "fairs_product.product_once")
def _():
    first = ProductFactory()
    ProductFactory(facility=first.facility, name=first.name)


@fault("product-photo-missing")
def _():
    storage.path(_photo().thumbnail_name).unlink()


@fault("product-photo-altered")
def _():
    storage.path(_photo().stored_name).write_bytes(b"anh khac")


@fault("product-photo-whole", "fairs_productphoto.product_photo_is_file")
def _():
    _photo(width=0)


@fault("entry-paper-missing")
def _():
    storage.path(_file_of_entry().stored_name).unlink()


@fault("entry-paper-altered")
def _():
    storage.path(_file_of_entry().stored_name).write_bytes(b"giay khac")


@fault("entry-paper-file-or-paper", f"{EntryPaper._meta.db_table}.entry_paper_file_or_paper")
def _():
    _file_of_entry(size=None)


@fault("commendation-count", "fairs_commendation.commendation_count_given")
def _():
    CommendationFactory(count=0)


@fault("commendation-once", "fairs_commendation.commendation_once")
def _():
    CommendationFactory(recipient="Phòng mẫu"), CommendationFactory(recipient="Phòng mẫu")


@fault("commendation-of-the-year")
def _():
    CommendationFactory(province=ended_province(), year=2026)
