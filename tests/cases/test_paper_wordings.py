"""文书文本 of an office: changed with a reason, checked, tried on an invented case, restored; never a template."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from cases.paperwork import drafting
from cases.paperwork.catalogue import all_papers, paper_by
from cases.paperwork.sample import sample_facts
from core.refusals import Refused
from documents import wordings
from documents.facts import missing
from documents.models import Wording
from tests.cases.factories import case_of_office
from tests.cast import client_for

PAPER = paper_by("accept_notice").paper


def own(office, by, expected_n=0, old="特此通知。", new="特此告知。"):
    words = wordings.shipped(PAPER.template).replace(old, new)
    return wordings.change(PAPER, office, words=words, reason="本院写法", expected_n=expected_n, by=by)


def test_an_office_changes_its_own_words_and_nobody_elses(cast, sysadmin):
    case = case_of_office(cast, reviewed=True)
    before = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    own(cast.office, sysadmin)
    after = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    assert ("特此告知" in before.latest.body, "特此告知" in after.latest.body) == (False, True)
    assert after.latest.template_version == "本院-1"
    assert wordings.current(PAPER, cast.other_office) == (
        wordings.shipped(PAPER.template),
        PAPER.template_version,
    )


def test_restoring_follows_the_words_that_we_ship(cast, sysadmin):
    own(cast.office, sysadmin)
    wordings.restore(PAPER, cast.office, reason="统一", expected_n=1, by=sysadmin)
    assert wordings.current(PAPER, cast.office)[1] == PAPER.template_version
    with pytest.raises(Refused, match="不用恢复"):
        wordings.restore(PAPER, cast.office, reason="统一", expected_n=2, by=sysadmin)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"old": "{案号}", "new": "某号"}, "必备的要素“案号”没有写进文本"),
        ({"new": "{{7*7}}"}, "花括号没有成对"),
        ({"new": "{联系电话.__class__}"}, "没有“__class__”这一部分"),
        ({"expected_n": 3}, "刚被别人改过"),
    ],
)
def test_bad_words_are_refused_and_nothing_changes(cast, sysadmin, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        own(cast.office, sysadmin, **changes)
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    "payload", ["{% include 'x' %}", "%(x)s", "<script>x()</script>", "<img src=http://127.0.0.1/>"]
)
def test_words_are_printed_and_never_run(cast, sysadmin, payload):
    own_words = wordings.shipped(PAPER.template) + "\n" + payload
    if "{" in payload:
        with pytest.raises(Refused):
            wordings.change(PAPER, cast.office, words=own_words, reason="x", expected_n=0, by=sysadmin)
        return
    wordings.change(PAPER, cast.office, words=own_words, reason="x", expected_n=0, by=sysadmin)
    document = drafting.draft(
        case_of_office(cast, reviewed=True), paper_by("accept_notice"), by=cast.prosecutor
    )
    assert payload not in document.latest.body or "<" not in payload
    assert "<script" not in document.latest.body
    assert "<img" not in document.latest.body


def test_words_stay_on_record(cast, sysadmin):
    row = own(cast.office, sysadmin)
    with pytest.raises(DatabaseError, match="只增不改"):
        Wording.objects.filter(pk=row.pk).update(text="别的")


@pytest.mark.parametrize("declared", all_papers(), ids=lambda each: each.key)
def test_the_invented_case_knows_everything(declared):
    facts = sample_facts(declared.paper.facts, "示例检察院")
    body = wordings.composed(wordings.shipped(declared.paper.template), declared.paper.title, facts)

    assert missing(facts) == []
    assert "待填" not in body


def test_change_preview_and_restore_in_the_browser(sysadmin, prosecutor):
    browser = client_for(sysadmin)
    url = reverse("papers:wording", args=["accept_notice"])
    words = wordings.shipped(PAPER.template).replace("特此通知", "特此告知")
    trial = browser.post(url + "preview/", {"words": words}, headers={"HX-Request": "true"})
    assert "特此告知" in trial.text
    wrong = browser.post(url + "preview/", {"words": words + "{案由}"}, headers={"HX-Request": "true"})
    assert "没有“案由”这个要素" in wrong.text
    assert browser.post(url, {"words": words, "reason": "本院写法", "expected_n": 0}).status_code == 302
    assert "本院第 1 版" in browser.get(reverse("papers:wordings")).text
    kept = browser.post(url, {"words": words + "{案由}", "reason": "x", "expected_n": 1})
    assert (kept.status_code, "{案由}" in kept.text) == (422, True)
    assert browser.post(url + "restore/", {"reason": "统一", "expected_n": 1}).status_code == 302
    assert "保存为本院文本" not in client_for(prosecutor).get(url).text
