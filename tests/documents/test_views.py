import pytest
from django.http import Http404
from django_htmx.middleware import HtmxDetails

from audit.models import Entry
from documents import views, work
from documents.uploads import accept_upload
from tests.documents.factories import AttachmentFactory, IssueFactory, RenditionFactory
from tests.hostile import files


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def request_by(rf, prosecutor):
    def request_by(user=prosecutor, **headers):
        request = rf.get("/cases/150902-2026-0016/documents/1/", headers=headers)
        request.user, request.htmx, request.csp_nonce = user, None, ""
        request.htmx = HtmxDetails(request)
        return request

    return request_by


@pytest.fixture
def rendition(monkeypatch):
    monkeypatch.setattr(work, "make", lambda version: b"%PDF-stub")
    issue = IssueFactory(number="集检民支〔2026〕16号")
    return RenditionFactory(version=issue.version)


def body_of(response):
    content = b"".join(response.streaming_content)
    response.file_to_stream.close()  # not response.close(): that ends the request and its connection
    return content


def test_an_attachment_leaves_as_a_harmless_download_on_record(request_by, office, prosecutor):
    attachment = accept_upload(
        files.upload("王建国的欠条.pdf", files.pdf()), organisation=office, by=prosecutor
    )

    response = views.serve_attachment(request_by(), attachment)

    assert body_of(response).startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    entry = Entry.objects.get()
    assert (entry.verb, entry.target_label, entry.target_id) == ("download", "附件", str(attachment.pk))


def test_a_file_that_is_gone_is_not_found_and_not_recorded(request_by):
    with pytest.raises(Http404):
        views.serve_attachment(request_by(), AttachmentFactory())

    assert not Entry.objects.exists()


def test_a_finished_paper_leaves_under_title_and_number(request_by, rendition):
    work.render(rendition.pk)
    rendition.refresh_from_db()

    response = views.serve_rendition(request_by(), rendition)

    assert body_of(response) == b"%PDF-stub"
    assert response["Content-Type"] == "application/pdf"
    assert Entry.objects.get().target_label == "支持起诉书 集检民支〔2026〕16号"


def test_while_it_is_made_the_panel_asks_again_and_then_stops(request_by, rendition):
    waiting = views.serve_rendition(request_by(**{"HX-Request": "true"}), rendition).content.decode()
    work.render(rendition.pk)
    rendition.refresh_from_db()
    done = views.serve_rendition(request_by(**{"HX-Request": "true"}), rendition).content.decode()

    assert 'hx-trigger="every 2s"' in waiting
    assert "正在生成 PDF" in waiting
    assert "hx-trigger" not in done
    assert 'href="/cases/150902-2026-0016/documents/1/"' in done
    assert not Entry.objects.exists()


def test_a_paper_that_failed_says_what_to_do(request_by, rendition):
    rendition.attempts, rendition.error = 5, "排版没有完成（ValueError）。"
    rendition.save(update_fields=["attempts", "error"])

    text = views.serve_rendition(request_by(**{"HX-Request": "true"}), rendition).content.decode()
    assert "PDF 没有生成，试了 5 次。排版没有完成（ValueError）。" in text
    assert "hx-trigger" not in text
