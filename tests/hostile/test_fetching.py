"""T20, T21: what stands in a paper's text makes no request and takes no file along."""

import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest

from documents.rendering import AssetFetcher, render_pdf, sheet
from tests.documents.factories import letter_body


@pytest.fixture
def listener():
    """A local server that counts; `url` is its address."""
    heard: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/inner")
            self.end_headers()

        def log_message(self, *args) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Counting)
    server.heard, server.url = heard, f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


VECTORS = {
    "image": '<img src="{url}/a.png">',
    "srcset": '<img srcset="{url}/a.png 2x">',
    "import": "<style>@import url({url}/a.css);</style>",
    "background": '<p style="background: url({url}/a.png)">x</p>',
    "list": '<ul style="list-style-image: url({url}/a.png)"><li>x</ul>',
    "content": "<style>p::before {{ content: url({url}/a.png) }}</style><p>x</p>",
    "font": "<style>@font-face {{ font-family: F; src: url({url}/a.woff) }} p {{ font-family: F }}</style><p>x</p>",
    "object": '<object data="{url}/a.svg"></object>',
    "embed": '<embed src="{url}/a.svg">',
    "svg": '<svg width="9" height="9"><image href="{url}/a.png" width="9" height="9"/></svg>',
    "svg use": '<svg><use href="{url}/a.svg#x"/></svg>',
    "stylesheet": '<link rel="stylesheet" href="{url}/a.css">',
    "attachment": '<link rel="attachment" href="{url}/a.txt">',
    "attached file": '<link rel="attachment" href="file:///etc/passwd"><a rel="attachment" href="file:///etc/passwd">x</a>',
    "file image": '<img src="file:///etc/passwd">',
    "base": '<base href="{url}/"><img src="a.png">',
    "asset out": '<img src="asset:../css/paper.css"><img src="asset:%2e%2e/css/paper.css">',
}


def attachments_in(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        hidden = [
            o for o in opened.objects if isinstance(o, pikepdf.Stream) and o.get("/Type") == "/EmbeddedFile"
        ]
        return [*opened.attachments, *map(str, hidden)]


@pytest.mark.parametrize("vector", VECTORS)
def test_even_raw_html_reaches_nothing(vector, listener):
    pdf = render_pdf(sheet(VECTORS[vector].format(url=listener.url), "试"))

    assert listener.heard == []
    assert attachments_in(pdf) == []
    assert b"root:" not in pdf


@pytest.mark.parametrize("vector", VECTORS)
def test_typed_into_a_paper_it_is_printed_as_text(vector, listener):
    typed = VECTORS[vector].format(url=listener.url)

    body = letter_body(found=typed)

    assert "&lt;" in body
    assert typed not in body
    render_pdf(sheet(body, "支持起诉书"))
    assert listener.heard == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "data:text/plain,x",
        "ftp://x/",
        "asset:../base.css",
        "asset:none.png",
        "a.png",
    ],
)
def test_the_fetcher_refuses_everything_but_its_own_pictures(url):
    with pytest.raises(ValueError, match="文书里只能引用自带的图样。"):
        AssetFetcher().fetch(url)


def test_the_fetcher_gives_out_its_own_pictures(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "static/papers").mkdir(parents=True)
    (tmp_path / "static/papers/emblem.png").write_bytes(b"\x89PNG")

    assert AssetFetcher().fetch("asset:emblem.png").read() == b"\x89PNG"


def test_twenty_thousand_characters_are_typeset_in_reasonable_time():
    body = letter_body(found="事实与理由。" * 3_333)

    assert render_pdf(sheet(body, "支持起诉书")).startswith(b"%PDF-")
