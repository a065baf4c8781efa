"""HTML to PDF (排版): one warm engine a process, our fonts, our style sheet, and nothing fetched from anywhere.

WeasyPrint's own fetcher would follow every URL in a text and embed local files (nine ways measured). Ours
knows the scheme `asset:` and the files of static/papers/.
"""

import io
import re
import threading
import uuid
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.html import escape
from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents import fonts, justify, spacing
from documents.spacing import Setting
from documents.verification import code_of

VARIANT = "pdf/a-3u"
# Told to use `srgb`, WeasyPrint opens its profile for every file and never closes it: we keep one.
SCREEN_COLOURS, PROFILE = "screen", "sRGB2014.icc"
ASSET = re.compile(r"asset:([a-z0-9_-]+\.(?:png|svg))")
CODE = re.compile(r"asset:code/([0-9a-f-]{36})")
ASSET_TYPES = {"png": "image/png", "svg": "image/svg+xml"}
# Two facts side by side, of letters or digits, know no place to break between them; a long line would leave the sheet.
SIDE_BY_SIDE = re.compile(r"([!-\u2e7f](?:</span>)?</mark>)(<mark>(?:<span[^>]*>)?(?=[!-\u2e7f]))")
MAY_BREAK = "\u200b"
_engine = threading.Lock()  # fontconfig and pango keep state: one rendering at a time in a process

justify.install()


class AssetFetcher(URLFetcher):
    """Gives out the files of static/papers/ as `asset:name.png`, refuses everything else unasked."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["asset"], allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if coded := CODE.fullmatch(url):
            return URLFetcherResponse(url, code_of(uuid.UUID(coded[1])), {"Content-Type": "image/svg+xml"})
        named = ASSET.fullmatch(url)
        path = Path(settings.BASE_DIR) / "static" / "papers" / named[1] if named else None
        if path is None or not path.is_file():
            raise ValueError("文书里只能引用自带的图样。")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": ASSET_TYPES[path.suffix[1:]]})


def sheet(body: str, title: str, check: uuid.UUID | None = None) -> str:
    """The page around a paper's text. `title` goes into the file's metadata: no personal data.

    `check` is the issued version whose 核验码 stands at the foot of the first page.
    """
    if check:
        body = f'<div class="check"><img alt="核验码" src="asset:code/{check}"></div>{body}'
    body = SIDE_BY_SIDE.sub(rf"\1{MAY_BREAK}\2", body)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    return f'<!doctype html><html lang="zh-CN"><head>{head}</head><body>{body}</body></html>'


def render_pdf(html: str) -> bytes:
    """A tagged PDF/A-3u of the page, in GB/T 9704 measures."""
    with _engine:
        return _laid(html)[0].write_pdf(
            output_intent=SCREEN_COLOURS,
            pdf_variant=VARIANT,
            pdf_tags=True,
        )


def setting_of(html: str) -> Setting:
    """How close `render_pdf` sets the lines of this page; the Word file is set alike."""
    with _engine:
        return _laid(html)[1]


def _laid(html: str) -> tuple[Any, Setting]:
    """The pages, and how they are set. A few lines with the seal on a page of their own are brought back where
    closer lines are enough for it (GB/T 9704: 调整行距); a paper that fills its pages keeps 22 lines.
    """
    usual = _pages(html, spacing.USUAL)
    for setting in spacing.closer(usual.pages):
        laid = _pages(html, setting)
        if len(laid.pages) < len(usual.pages):
            return laid, setting
    return usual, spacing.USUAL


def _pages(html: str, setting: Setting) -> Any:
    warm = _warm()
    page = HTML(string=html, url_fetcher=AssetFetcher(), media_type="print")
    return page.render(
        stylesheets=[warm.stylesheets[setting]],
        font_config=warm.fonts,
        color_profiles=dict(warm.colours),
        output_intent=SCREEN_COLOURS,
        pdf_variant=VARIANT,
        pdf_tags=True,
    )


class Warm(NamedTuple):
    """What is read once a process, because reading it is what costs seconds. A style sheet for each setting."""

    fonts: FontConfiguration
    stylesheets: dict[Setting, CSS]
    colours: dict[str, ColorProfile]


@cache
def _warm() -> Warm:
    with fonts.only_ours():
        font_config = FontConfiguration()
    path = Path(settings.BASE_DIR) / "static" / "css" / "paper.css"
    rules = path.read_text("utf-8")
    stylesheets = {
        setting: CSS(string=setting.of(rules), font_config=font_config, url_fetcher=AssetFetcher())
        for setting in spacing.SETTINGS
    }
    profile = io.BytesIO((files("weasyprint.pdf") / PROFILE).read_bytes())
    colours = ColorProfile(profile, PROFILE, "relative-colorimetric", (["r"], ["g"], ["b"]))
    return Warm(font_config, stylesheets, {SCREEN_COLOURS: colours})
