"""The hostile and the honest files, made by code: nothing binary is kept in the repository."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """An upload as a view receives it; the name goes past Django's own cleaning on purpose."""
    file = SimpleUploadedFile("x", content)
    file._name = name
    return file


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **kwargs: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **kwargs)
    return out.getvalue()


def picture_with_place() -> bytes:
    """A photograph that tells where it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825)[2] = (41.0, 2.0, 0.0)  # GPS latitude
    return picture(exif=exif)


def heic() -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), (10, 90, 10))).save(out)
    return out.getvalue()


def pixel_flood() -> bytes:
    """A PNG of a few bytes that says it is 30,000 × 30,000."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"0"))
        + _chunk(b"IEND", b"")
    )


def _chunk(tag: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))


def pdf(pages: int = 1, **catalog: object) -> bytes:
    """A PDF; keyword arguments become entries of its catalogue."""
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        for key, value in catalog.items():
            made.Root[f"/{key}"] = value
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def pdf_with_attachment() -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.attachments["secret.exe"] = b"MZ"
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def pdf_with_password() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def archive(parts: dict[str, bytes], *, deflate: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def office(main: str = WORD, **parts: bytes) -> bytes:
    """A Word or Excel file as small as it can be; keyword arguments add parts (`__` is a slash)."""
    types = f'<?xml version="1.0"?><Types><Override PartName="/main" ContentType="{main}"/></Types>'
    return archive(
        {"[Content_Types].xml": types.encode()}
        | {name.replace("__", "/"): content for name, content in parts.items()}
    )


def encrypted_archive() -> bytes:
    """The flag that says "encrypted", set in both places where a zip keeps it."""
    made = bytearray(office())
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def bomb() -> bytes:
    """150 MB of nothing in 150 KB."""
    return office(word__document=b"\0" * (150 * 1024 * 1024))
