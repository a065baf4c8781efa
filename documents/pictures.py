"""Uploaded pictures (图片): drawn anew, so that neither EXIF and GPS nor a second file inside survives."""

import io
from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from core.refusals import Refused

pillow_heif.register_heif_opener()

MOST_PIXELS = 110_000_000  # a telephone's largest photograph has 108 million
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
JPEG, HEIF = ["JPEG", "MPO"], ["HEIF"]
READERS = {"jpg": JPEG, "jpeg": JPEG, "png": ["PNG"], "heic": HEIF, "heif": HEIF}
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)


def redraw(file: BinaryIO, name: str, ending: str) -> bytes:
    """The picture upright and bare, PNG as PNG, all else as JPEG. Refused when broken or huge."""
    try:
        with Image.open(file, formats=READERS[ending]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            return _bare(ImageOps.exif_transpose(picture), as_png=ending == "png")
    except Image.DecompressionBombError as error:
        raise Refused(f"“{name}”超过 {MOST_PIXELS // 10_000:,} 万像素，太大。请缩小后再传。") from error
    except BROKEN as error:
        raise Refused(f"“{name}”不是完整的图片，打不开。请重新拍照或截图后再传。") from error


def _bare(picture: Image.Image, *, as_png: bool) -> bytes:
    if as_png and ("transparency" in picture.info or picture.mode in {"LA", "PA", "RGBA"}):
        mode = "RGBA"
    else:
        mode = "L" if picture.mode in {"1", "L"} else "RGB"
    bare = picture.convert(mode)
    bare.info = {}
    out = io.BytesIO()
    bare.save(out, "PNG" if as_png else "JPEG", **({} if as_png else {"quality": 92}))
    return out.getvalue()
