"""What files a dossier takes: real ones, by their own bytes; and where it keeps them."""

import io
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.refusals import RefusedError
from programmes.dossier import archive, services, storage
from programmes.dossier.inspection import clean_name, inspect
from programmes.models import SchemeDocument
from tests.dossier_files import PDF, a_docx, a_jpg, a_pdf, a_png, an_xlsx, packed_object_stream, put, upload
from tests.factories import DocumentFactory, SchemeFactory

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PACKED = packed_object_stream(b"<</S/JavaScript>>")
RELATION = (
    b'<?xml version="1.0"?><Relationships><Relationship Id="r1" Type="http://x/%b" Target="http://x" '
    b'TargetMode="External"/></Relationships>'
)


@pytest.fixture(autouse=True)
def dossier_folder(settings, tmp_path):
    settings.DOSSIER_DIR = tmp_path / "dossiers"
    return settings.DOSSIER_DIR


def refused(file):
    with pytest.raises(RefusedError) as caught:
        inspect(file)
    assert str(caught.value).endswith(".")
    return caught.value.refusal.code


GOOD = {
    "pdf": a_pdf,
    "docx": a_docx,
    "xlsx": an_xlsx,
    "png": a_png,
    "jpg": a_jpg,
    "jpeg": lambda: a_jpg(name="Ảnh.JPEG"),
    "forty megapixels": lambda: a_png(8000, 5000),
    "a link in the text": lambda: a_docx(add={"word/_rels/a.rels": RELATION % b"hyperlink"}),
    "objects of a newer pdf": lambda: a_pdf(extra=packed_object_stream(b"<</Type/Font>>")),
}


@pytest.mark.parametrize("make", GOOD.values(), ids=GOOD)
def test_a_plain_file_is_taken(make):
    file = make()

    assert inspect(file).ending == {"jpeg": "jpg"}.get(file.name[-4:].lower(), file.name.rpartition(".")[2])
    assert file.tell() == 0


def nested(depth):
    """A zip in a zip: nothing inside is ever unpacked twice, and it is no Word file."""
    content = b"x"
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            package.writestr("in.zip", content)
        content = out.getvalue()
    return content


def with_two_parts_of_one_name():
    out = io.BytesIO(a_docx().read())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as package:
        package.writestr("word/document.xml", b"<a/>")
    return upload("a.docx", out.getvalue())


def locked():
    """The bit of a part's header that says it has a password."""
    content = bytearray(a_docx().read())
    for at in [at for at in range(len(content) - 4) if content[at : at + 4] == b"PK\x01\x02"]:
        content[at + 8] |= 1
    return upload("a.docx", bytes(content))


BAD = {
    "program": (lambda: upload("cai-dat.exe", b"MZ"), "file_type"),
    "program behind a pdf's name": (lambda: upload("a.pdf", b"MZ\x90\0"), "file_not_what_it_says"),
    "two endings": (lambda: upload("a.pdf.exe", PDF), "file_type"),
    "no ending": (lambda: upload("README", PDF), "file_type"),
    "svg as png": (lambda: upload("a.png", b"<svg onload='x'/>"), "file_not_what_it_says"),
    "html as pdf": (lambda: upload("a.pdf", b"<html>"), "file_not_what_it_says"),
    "virus test file": (lambda: upload("a.pdf", EICAR), "file_not_what_it_says"),
    "empty": (lambda: upload("a.pdf", b""), "file_empty"),
    "docx called pdf": (lambda: upload("a.pdf", a_docx().read()), "file_not_what_it_says"),
    "docx called xlsx": (lambda: upload("a.xlsx", a_docx().read()), "file_unreadable"),
    "old word": (lambda: upload("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "file_locked"),
    "password": (locked, "file_locked"),
    "macro": (lambda: a_docx(add={"word/vbaProject.bin": b"x"}), "file_active"),
    "embedded": (lambda: a_docx(add={"word/embeddings/oleObject1.bin": b"x"}), "file_active"),
    "other workbook": (lambda: a_docx(add={"xl/externalLinks/externalLink1.xml": b"<a/>"}), "file_active"),
    "template from outside": (lambda: a_docx(add={"word/_rels/b.rels": RELATION % b"attachedTemplate"}), "file_active"),
    "two parts of one name": (with_two_parts_of_one_name, "file_odd"),
    "a part outside": (lambda: a_docx(add={"../../etc/passwd": b"x"}), "file_odd"),
    "an absolute part": (lambda: a_docx(add={"/etc/passwd": b"x"}), "file_odd"),
    "declarations": (lambda: a_docx(add={"a.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc">]>'}), "file_odd"),
    "declarations in UTF-16": (lambda: a_docx(add={"a.xml": "<!DOCTYPE a>".encode("utf-16")}), "file_odd"),
    "another encoding": (lambda: a_docx(add={"a.xml": b'<?xml version="1.0" encoding="UTF-7"?>'}), "file_odd"),
    "bomb": (lambda: a_docx(add={"a.xml": b" " * 60_000_000}), "file_too_big"),
    "too many parts": (lambda: a_docx(add={f"p{n}": b"" for n in range(1100)}), "file_odd"),
    "zip": (lambda: upload("a.docx", nested(3)), "file_unreadable"),
    "half a file": (lambda: upload("a.docx", a_docx().read()[:3000]), "file_unreadable"),
    "pdf with a script": (lambda: a_pdf(extra=b"<</S/JavaScript/JS(x)>>"), "file_active"),
    "pdf with a hidden script": (lambda: a_pdf(extra=b"<</S/J#61vaScript/JS(x)>>"), "file_active"),
    "pdf with a packed script": (lambda: a_pdf(extra=packed_object_stream(b"<</S/JavaScript>>")), "file_active"),
    "pdf with a script behind much else": (
        lambda: a_pdf(extra=packed_object_stream(b" " * 21_000_000) + packed_object_stream(b"<</S/JavaScript>>")),
        "file_odd",
    ),
    "pdf with half a packed object": (
        lambda: a_pdf(extra=packed_object_stream(b"<</S/JavaScript>>")[:-25]),
        "file_odd",
    ),
    "pdf with a packed script that is broken at its end": (
        lambda: a_pdf(extra=PACKED[:-21] + b"0000" + PACKED[-17:]),
        "file_odd",
    ),
    "pdf of nothing but packed objects": (lambda: a_pdf(extra=b"/ObjStm stream\n" * 1_000_000), "file_odd"),
    "pdf that starts a program": (lambda: a_pdf(extra=b"<</S/Launch>>"), "file_active"),
    "pdf with a file inside": (lambda: a_pdf(extra=b"<</EmbeddedFiles 5 0 R>>"), "file_active"),
    "pdf with a password": (lambda: a_pdf(extra=b"<</Encrypt 5 0 R>>"), "file_locked"),
    "huge picture": (lambda: a_png(8001, 5000), "image_too_large"),
    "huge photograph": (lambda: a_jpg(65_000, 65_000), "image_too_large"),
    "picture of no size": (lambda: a_png(0, 5), "file_unreadable"),
    "photograph without a frame": (lambda: upload("a.jpg", b"\xff\xd8\xff\xd9"), "file_unreadable"),
}


@pytest.mark.parametrize(("make", "code"), BAD.values(), ids=BAD)
def test_a_file_that_may_do_harm_is_refused_with_a_sentence(make, code):
    assert refused(make()) == code


def test_the_limit_counts_to_the_byte(settings):
    settings.DOSSIER_FILE_LIMIT = 2**20
    filler = 2**20 - len(PDF)

    assert inspect(a_pdf(extra=b" " * filler)).ending == "pdf"
    assert refused(a_pdf(extra=b" " * (filler + 1))) == "file_too_large"


@given(st.binary(max_size=400), st.sampled_from(["a.pdf", "a.docx", "a.xlsx", "a.jpg", "a.png"]), st.booleans())
def test_no_bytes_break_the_inspection(content, name, begins_right):
    magic = {
        "pdf": b"%PDF-",
        "docx": b"PK\x03\x04",
        "xlsx": b"PK\x03\x04",
        "jpg": b"\xff\xd8\xff",
        "png": b"\x89PNG\r\n\x1a\n",
    }
    with suppress(RefusedError):
        assert inspect(upload(name, magic[name[2:]] * begins_right + content)).ending == name[2:]


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../Đơn.pdf", "Đơn.pdf"),
        ("C:\\Users\\a\\Đơn.pdf", "Đơn.pdf"),
        ("hop\u202efdp.exe", "hopfdp.exe"),
        ("a\0b\r\n.pdf", "ab .pdf"),
        ("x" * 300 + ".pdf", "x" * 190 + ".pdf"),
    ],
)
def test_a_file_is_shown_under_a_name_without_folder_and_tricks(given_name, shown):
    assert clean_name(given_name) == shown


@pytest.mark.django_db
def test_a_file_is_kept_under_a_name_that_no_user_chose(dossier_folder):
    document = put(SchemeFactory(), a_pdf("../../../Đơn.pdf"))

    [path] = [path for path in dossier_folder.rglob("*") if path.is_file()]
    assert path == dossier_folder / document.stored_name[:2] / document.stored_name
    assert path.read_bytes() == PDF
    assert (document.original_name, document.size, document.content_type) == ("Đơn.pdf", len(PDF), "application/pdf")


@pytest.mark.django_db
def test_a_second_click_adds_nothing(dossier_folder):
    scheme = SchemeFactory()
    papers = [services.Given("Đơn đề nghị", None, a_pdf()), services.Given("Biên bản họp")]
    day = DocumentFactory(scheme=scheme, title="Cũ").received_on

    first = services.add_documents(scheme, papers, by=scheme.created_by, received_on=day)
    second = services.add_documents(scheme, papers, by=scheme.created_by, received_on=day)

    assert ([str(one) for one in first], second) == (["Đơn đề nghị", "Biên bản họp"], [])
    assert SchemeDocument.objects.count() == 3
    assert len([path for path in dossier_folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db
def test_nothing_is_left_of_a_paper_that_the_database_refused(dossier_folder):
    scheme = SchemeFactory()
    papers = [services.Given("Đơn đề nghị", None, a_pdf()), services.Given("")]

    with pytest.raises(Exception, match="document_title_given"):
        services.add_documents(scheme, papers, by=scheme.created_by, received_on=scheme.status_at.date())

    assert not SchemeDocument.objects.exists()
    assert [path for path in dossier_folder.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_the_file_of_a_deleted_paper_goes_when_that_is_certain(dossier_folder, django_capture_on_commit_callbacks):
    document = put(SchemeFactory(), a_pdf())

    with django_capture_on_commit_callbacks(execute=True):
        services.delete_document(document)

    assert [path for path in dossier_folder.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_an_altered_or_missing_file_is_known(dossier_folder):
    document = put(SchemeFactory(), a_pdf())
    storage.path(document.stored_name).write_bytes(PDF + b" ")
    with pytest.raises(storage.DamagedFileError, match="altered"):
        storage.open_intact(document)

    storage.path(document.stored_name).unlink()
    with pytest.raises(storage.DamagedFileError, match="missing"):
        storage.open_intact(document)
    assert archive.damaged([document]) == [document]


@pytest.mark.django_db
def test_the_sweep_removes_what_no_row_names_for_a_day_and_nothing_else(dossier_folder):
    kept, new = put(SchemeFactory(), a_pdf()), storage.keep([b"moi"])
    old = storage.keep([b"cu"])
    for name in (kept.stored_name, old.name):
        os.utime(storage.path(name), (1, 1))

    services.sweep()

    left = {path.name for path in dossier_folder.rglob("*") if path.is_file()}
    assert left == {kept.stored_name, new.name}


def test_many_write_at_once_and_each_file_is_whole():
    contents = [bytes([number]) * 10_000 for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda content: storage.keep([content]), contents))

    assert [storage.path(one.name).read_bytes() for one in stored] == contents
    assert len({one.name for one in stored}) == 20
