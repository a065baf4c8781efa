"""Uploaded PDF (来件 PDF): pages only. Scripts, programs and hidden attachments are refused."""

from typing import BinaryIO

import pikepdf

from core.refusals import Refused

MOST_PAGES = 2_000
MOST_OBJECTS = 300_000
ACTIVE_KEYS = {"/JavaScript", "/EmbeddedFiles", "/RichMediaContent", "/XFA"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMediaExecute"}
ACTIVE_TYPES = {"/EmbeddedFile", "/RichMedia", "/FileAttachment"}


def check_pdf(file: BinaryIO, name: str) -> None:
    """Refused with a sentence unless the PDF opens without a password and holds nothing that acts."""
    try:
        with pikepdf.open(file) as pdf:
            if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) > MOST_PAGES:
                raise Refused(f"“{name}”页数过多，超过 {MOST_PAGES:,} 页。请拆成几个文件再传。")
            if holds_active_parts(pdf):
                raise Refused(f"“{name}”带有脚本、程序或内嵌文件。请打印成新的 PDF 再传。")
    except pikepdf.PasswordError as error:
        raise Refused(f"“{name}”设有密码，打不开。请去掉密码后再传。") from error
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        raise Refused(f"“{name}”已损坏，打不开。请在电脑上打开核对，另存后再传。") from error


def holds_active_parts(pdf: pikepdf.Pdf) -> bool:
    """Whether anything in the file runs, sends or hides something."""
    return any(_acts(found) for found in pdf.objects)


def _acts(found: pikepdf.Object, depth: int = 0) -> bool:
    """Whether an object or anything written directly inside it runs, sends or hides something."""
    if depth > 50:
        return True
    if isinstance(found, pikepdf.Array):
        return any(_acts(item, depth + 1) for item in found if _is_direct_container(item))
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if ACTIVE_KEYS.intersection(found.keys()) or str(found.get("/S", "")) in ACTIVE_ACTIONS:
        return True
    if {str(found.get("/Type", "")), str(found.get("/Subtype", ""))} & ACTIVE_TYPES:
        return True
    if isinstance(found.get("/JS"), pikepdf.String | pikepdf.Stream) or "/F" in _dictionary(found.get("/EF")):
        return True
    return any(_acts(found[key], depth + 1) for key in found.keys() if _is_direct_container(found[key]))  # noqa: SIM118


def _is_direct_container(item: object) -> bool:
    return isinstance(item, pikepdf.Array | pikepdf.Dictionary) and not item.is_indirect


def _dictionary(item: object) -> pikepdf.Dictionary:
    """Resource names may be anything, `/EF` and `/JS` too: only what they hold tells a hidden file."""
    return item if isinstance(item, pikepdf.Dictionary) else pikepdf.Dictionary()
