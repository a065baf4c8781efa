"""The Word files opened by another program: the same text on as many pages. Needs LibreOffice, which CI has not."""

import shutil
import subprocess
from collections import Counter

import pypdfium2
import pytest

from documents.rendering import setting_of, sheet
from documents.word.writing import docx_of
from tests.documents.printing import printed, squeezed

OFFICE = shutil.which("soffice")
SECONDS = 120
# forms, letters with and without a seal set closer, tables, a long report
KEYS = [
    "application",
    "complaint_labour",
    "evidence_list",
    "accept_notice",
    "suspend_decision",
    "terminate_decision",
    "review_report",
    "fetch_notice",
    "service_receipt",
    "joint_minutes",
    "settlement",
    "file_cover",
]
MARKS = "，。、；"  # readers of PDF drop a mark that stands right at the margin

pytestmark = pytest.mark.skipif(
    OFFICE is None,
    reason="LibreOffice 没有安装（apt-get install libreoffice-writer-nogui），跳过 Word 打开测试",
)


@pytest.fixture(autouse=True)
def _db():
    """Nothing here asks the database."""


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Every file through LibreOffice, in one start of it, with a profile of its own."""
    folder = tmp_path_factory.mktemp("word")
    for key in KEYS:
        body = printed(key, "full").body
        content = docx_of(body, "题", setting_of(sheet(body, "题")))
        (folder / f"{key}.docx").write_bytes(content)
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    files = [str(folder / f"{key}.docx") for key in KEYS]
    subprocess.run(
        [*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=SECONDS
    )
    return folder


@pytest.mark.parametrize("key", KEYS)
def test_libreoffice_shows_the_same_text_on_as_many_pages(converted, key):
    paper = printed(key, "full")
    with pypdfium2.PdfDocument((converted / f"{key}.pdf").read_bytes()) as file:
        pages = len(file)
        said = "".join(squeezed(_text(file[n])) for n in range(pages))
    wanted = Counter(squeezed("".join(paper.lines)).replace("|", ""))

    assert pages == len(paper.pages)
    assert {char for char in wanted - Counter(said) if char not in MARKS} == set()


def _text(page):
    found = page.get_textpage()
    try:
        return found.get_text_range()
    finally:
        found.close()
        page.close()
