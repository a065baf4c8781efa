"""What may be uploaded (可上传的文件种类), recognised by content; the ending must agree with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """A kind of file: its endings, the type it is served with, its limit in bytes and its first bytes."""

    name: str
    endings: tuple[str, ...]
    content_type: str
    limit: int
    begins: Callable[[bytes], bool]


def _with(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(beginnings)


def _boxed(*brands: bytes) -> Callable[[bytes], bool]:
    """ISO media (HEIC, M4A, MP4): the first box is `ftyp` and its main brand is one of these."""
    return lambda head: head[4:8] == b"ftyp" and head[8:12].startswith(brands)


def _is_wave(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WAVE"


def _is_mp3(head: bytes) -> bool:
    """An ID3 tag, or an MPEG frame: sync bits, layer III, bit rate and sample rate not reserved."""
    if head.startswith(b"ID3"):
        return True
    frame = len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return frame and head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C


VIDEO_BRANDS = (b"iso", b"mp41", b"mp42", b"avc1", b"MSNV", b"3gp", b"qt  ")
OFFICE = "application/vnd.openxmlformats-officedocument."
ZIP = _with(b"PK\x03\x04")

KINDS = [
    Kind("图片", ("jpg", "jpeg"), "image/jpeg", 20 * MB, _with(b"\xff\xd8\xff")),
    Kind("图片", ("png",), "image/png", 20 * MB, _with(b"\x89PNG\r\n\x1a\n")),
    Kind("图片", ("heic", "heif"), "image/heic", 20 * MB, _boxed(b"hei", b"hev", b"mif1", b"msf1")),
    Kind("PDF", ("pdf",), "application/pdf", 20 * MB, _with(b"%PDF-")),
    Kind("Word", ("docx",), OFFICE + "wordprocessingml.document", 20 * MB, ZIP),
    Kind("Excel", ("xlsx",), OFFICE + "spreadsheetml.sheet", 20 * MB, ZIP),
    Kind("OFD", ("ofd",), "application/ofd", 20 * MB, ZIP),
    Kind("录音", ("m4a",), "audio/mp4", 200 * MB, _boxed(b"M4A", b"M4B", *VIDEO_BRANDS)),
    Kind("录音", ("mp3",), "audio/mpeg", 200 * MB, _is_mp3),
    Kind("录音", ("wav",), "audio/wav", 200 * MB, _is_wave),
    Kind("录音", ("amr",), "audio/amr", 200 * MB, _with(b"#!AMR\n", b"#!AMR-WB\n")),
    Kind("视频", ("mp4",), "video/mp4", 200 * MB, _boxed(b"M4V", *VIDEO_BRANDS)),
]
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}

# What a browser would run if it were ever shown inline: no kind of ours begins or hides like that.
ACTIVE = re.compile(rb"<\s*(!doctype\s+html|html|script|svg|iframe|\?xml-stylesheet)", re.IGNORECASE)
