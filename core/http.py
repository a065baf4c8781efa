"""How every view answers: a page or its panel, a way out after success, a safe download."""

from __future__ import annotations  # File[Any] is generic for the type checker only

import unicodedata
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

DOWNLOAD_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store, private",
}
LONGEST_NAME = 120


class HtmxRequest(HttpRequest):
    """A request that django-htmx has looked at."""

    htmx: HtmxDetails


def page(
    request: HtmxRequest, template: str, context: dict[str, Any], status: int = 200, part: str = "panel"
) -> HttpResponse:
    """One URL, one template, two answers: the whole page, or the part that htmx asked for.

    422 for a form with errors, 409 for a conflict.
    """
    wants_part = request.htmx and not request.htmx.history_restore_request
    response = render(request, f"{template}#{part}" if wants_part else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def leave(request: HtmxRequest, to: Any) -> HttpResponse:
    """Go to another page after success, whether the browser or htmx posted the form."""
    response = redirect(to)
    return HttpResponseClientRedirect(response.url) if request.htmx else response


def download(file: File[Any] | IO[bytes] | bytes, name: str, content_type: str) -> FileResponse:
    """Send a file that the browser stores and never opens in our origin, under a harmless name (RFC 5987).

    Django would serve an uploaded SVG or HTML inline; attachment, nosniff and a sandbox forbid that.
    """
    body = ContentFile(file) if isinstance(file, bytes) else file
    return FileResponse(
        body,
        as_attachment=True,
        filename=safe_name(name),
        content_type=content_type,
        headers=DOWNLOAD_HEADERS,
    )


def safe_name(name: str) -> str:
    """A file name without folders, control or direction characters, at most 120 characters long."""
    visible = "".join(" " if unicodedata.category(c).startswith("C") else c for c in name)
    leaf = PurePosixPath(visible.replace("\\", "/")).name.strip(" .")
    stem, dot, suffix = leaf.rpartition(".")
    if dot and len(suffix) <= 8:
        return f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"
    return leaf[:LONGEST_NAME] or "文件"
