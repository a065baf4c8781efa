"""Answers that hand out files (下载). Not views of their own: owners call them after asking who may see it."""

import logging

from django.http import FileResponse, Http404, HttpResponseBase

from accounts.http import Request
from audit import log
from audit.models import Verb
from core.http import download, page
from documents.models import Attachment, Rendition

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTENT_TYPES = {Rendition.Kind.PDF: PDF, Rendition.Kind.DOCX: DOCX}

logger = logging.getLogger(__name__)


def serve_attachment(request: Request, attachment: Attachment) -> FileResponse:
    """附件下载, on record. The log names the file by its key: what people call their files tells who they are."""
    response = _send(attachment, attachment.name, attachment.content_type)
    log.record(request.user, Verb.DOWNLOAD, "附件", attachment.pk, request=request)
    return response


def serve_rendition(request: Request, rendition: Rendition) -> HttpResponseBase:
    """文书下载, on record; while the file is still being made a page that asks again every two seconds."""
    if request.htmx or rendition.state != Rendition.State.DONE:
        return page(request, "documents/rendition_status.html", {"rendition": rendition})
    document = rendition.version.document
    issue = getattr(rendition.version, "issue", None)
    label = f"{document} {issue.number}" if issue else f"{document}（草稿）"
    response = _send(rendition, f"{label}.{rendition.kind}", CONTENT_TYPES[Rendition.Kind(rendition.kind)])
    log.record(request.user, Verb.DOWNLOAD, label, rendition.pk, request=request)
    return response


def _send(row: Attachment | Rendition, name: str, content_type: str) -> FileResponse:
    try:
        return download(row.file.open("rb"), name, content_type)
    except FileNotFoundError:
        logger.error("%s %s 的文件不在存储中", row._meta.label, row.pk)
        raise Http404 from None
