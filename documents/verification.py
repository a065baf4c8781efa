"""核验: whoever holds an issued paper can ask whether it is ours, and still valid. Says nothing about any person."""

import io
import uuid
from dataclasses import dataclass
from datetime import date

import segno
from django.conf import settings
from django.urls import reverse

from documents.declaring import is_numbered
from documents.models import Document, Issue, Rendition, Version


@dataclass(frozen=True)
class Verdict:
    """What the page says of a paper."""

    title: str
    number: str
    office: str
    issued_on: date
    is_void: bool
    sha256: str
    corrections: tuple[
        tuple[str, date], ...
    ] = ()  # number and day of each 补正决定书, nothing of what it says


def checked(version: Version) -> uuid.UUID | None:
    """The key of the code: of issued papers that bear a number; what workers sign bears none."""
    is_issued = Issue.objects.filter(version=version).exists()
    return version.pk if is_issued and is_numbered(version.document.kind) else None


def code_of(version_id: uuid.UUID) -> bytes:
    """核验码 as SVG: the address of the page, which nobody can guess for another paper."""
    address = settings.SITE_URL + reverse("documents:verify", args=[version_id])
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue()


def verdict_of(version_id: uuid.UUID) -> Verdict | None:
    """What is known of the paper with this code; None where there is none."""
    issue = Issue.objects.select_related("document__organisation").filter(version=version_id).first()
    if issue is None or not is_numbered(issue.document.kind):
        return None
    made = Rendition.objects.filter(version=version_id, kind=Rendition.Kind.PDF).first()
    return Verdict(
        title=issue.document.title,
        number=issue.number,
        office=issue.document.organisation.name,
        issued_on=issue.issued_on,
        is_void=issue.document.status == Document.Status.VOID,
        sha256=made.sha256 if made else "",
        corrections=tuple((each.issue.number, each.issue.issued_on) for each in issue.document.corrected_by),
    )
