"""一件的生成: the PDF of one part, whatever it is — a worker's paper, an issued paper, a thing that was handed in."""

from typing import Any

from django.template.defaultfilters import filesizeformat

from cases.bundles import pdf_pages, sheets
from cases.bundles.pdf_pages import NoPages
from cases.models import Bundle, BundlePart
from documents import wordings
from documents import work as renditions
from documents.declaring import Paper, paper_by_kind
from documents.facts import from_json
from documents.filenames import split_name
from documents.kinds import BY_ENDING
from documents.models import Attachment, Rendition, Wording
from documents.rendering import render_pdf, sheet
from documents.text import digest

OFFICE_OWN = "本院-"


def paper_of_worker(part: BundlePart) -> bytes:
    """One paper of one worker, from the facts that were frozen, in the words that counted then. Sets its hash."""
    paper = paper_by_kind(part.paper)
    facts = from_json(paper.facts, part.facts_json)
    body = wordings.composed(_words(paper, part), part.title, facts)
    part.content_hash = digest(part.facts_json, body, part.template_version)
    return render_pdf(sheet(body, part.title))


def _words(paper: Paper, part: BundlePart) -> str:
    if not part.template_version.startswith(OFFICE_OWN):
        return wordings.shipped(paper.template)
    n = int(part.template_version.removeprefix(OFFICE_OWN))
    own = Wording.objects.get(organisation=part.bundle.case.organisation_id, kind=paper.key, n=n)
    return own.text


def thing_in_file(part: BundlePart) -> bytes:
    """案卷里的一件 as pages on A4; what cannot be pages is a sheet that says where it is. Never fails on a bad file."""
    try:
        if part.document_id:
            return _issued(part)
        if part.attachment:
            return _handed_in(part.attachment)
        raise NoPages("本件没有扫描件或者电子件，纸质材料另附。")
    except NoPages as reason:
        part.is_instead = True
        return _instead(part, str(reason))


def _issued(part: BundlePart) -> bytes:
    """The frozen PDF of the issue; made now where the worker has not come to it."""
    found = Rendition.objects.filter(
        version__issue__document=part.document_id, kind=Rendition.Kind.PDF
    ).first()
    if found and not found.done_at:
        renditions.render(found.pk)
        found.refresh_from_db()
    if found is None or not found.done_at:
        raise NoPages("这份文书的文件还没有生成，请稍后重新生成案卷。")
    return _read(found, pdf_pages.on_sheets)


def _handed_in(attachment: Attachment) -> bytes:
    ending = split_name(attachment.name)[1]
    if attachment.content_type == "application/pdf":
        return _read(attachment, pdf_pages.on_sheets)
    if attachment.content_type.startswith("image/"):
        return _read(attachment, lambda file: pdf_pages.picture_on_sheet(file, attachment.content_type))
    kind = BY_ENDING[ending].name if ending in BY_ENDING else "电子文件"
    raise NoPages(f"本件是{kind}，不能装订成页，原文件保存在本系统的证据里，以校验值为准。")


def _read(row: Rendition | Attachment, use: Any) -> bytes:
    try:
        with row.file.open("rb") as file:
            return use(file)
    except FileNotFoundError as error:
        raise NoPages("文件不在存储中，请联系系统管理员核对备份。") from error


def _instead(part: BundlePart, why: str) -> bytes:
    attachment, case = part.attachment, part.bundle.case
    ending = split_name(attachment.name)[1] if attachment else ""
    facts = sheets.Carrier(
        office=case.organisation.name,
        case_number=case.official_number or case.code,
        title=part.title,
        file_name=attachment.name if attachment else "",
        kind=BY_ENDING[ending].name if ending in BY_ENDING else "",
        size=filesizeformat(attachment.size).replace("\xa0", " ") if attachment else "",
        sha256=attachment.sha256 if attachment else "",
        why=why,
    )
    return sheets.printed(sheets.body_of("carrier", "材料说明页", facts), "材料说明页")


MAKERS = {
    Bundle.Kind.BATCH: paper_of_worker,
    Bundle.Kind.MAIN_FILE: thing_in_file,
    Bundle.Kind.INTERNAL_FILE: thing_in_file,
}
