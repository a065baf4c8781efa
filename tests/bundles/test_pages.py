"""Pages of 批量生成 and of what is made: check before, progress, files; every one without JavaScript too."""

from pathlib import Path

import pytest
from django.urls import reverse

from audit.models import Entry
from cases.bundles import work
from cases.models import Bundle
from cases.paperwork.per_worker import workers_of
from tests.bundles.stage import a_group, batch, content_of, made
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


def url(name, case, *more):
    return reverse(f"cases:{name}", args=[case.code, *more])


def lose_address(case, n=1):
    person = workers_of(case)[n].claimant.person
    person.address = ""
    person.save(update_fields=["address"])


def test_the_page_offers_papers_and_workers_by_their_line(cast):
    case = a_group(cast, 2)
    page = client_for(cast.prosecutor).get(url("batch", case)).content.decode()

    assert "民事起诉状（劳动争议）" in page
    assert "代表人推选书" not in page
    assert "01 王建国" in page
    assert "02 李志强" in page


def test_the_check_lists_who_lacks_what_and_makes_nothing(cast):
    case = a_group(cast, 2)
    lose_address(case)
    asked = {"papers": ["complaint_labour", "evidence_list"], "who": "all", "check": "1"}
    answer = client_for(cast.prosecutor).post(url("batch", case), asked)
    page = answer.content.decode()

    assert answer.status_code == 200

    assert "2 人，4 份；<b>1</b> 人有待填" in page
    assert "待填：送达地址" in page
    assert url("claim", case, workers_of(case)[1].claimant.pk) in page
    assert Bundle.objects.count() == 0


def test_a_post_with_gaps_says_so_and_is_taken_once_they_are_left_out(cast):
    case = a_group(cast, 2)
    lose_address(case)
    browser = client_for(cast.prosecutor)
    asked = {"papers": ["complaint_labour"], "who": "all"}
    refused = browser.post(url("batch", case), asked)
    taken = browser.post(url("batch", case), asked | {"leave_out": "on"})

    assert refused.status_code == 422
    assert "1 人的文书有待填" in refused.content.decode()
    bundle = Bundle.objects.get()
    assert taken.headers["Location"] == url("bundle", case, bundle.pk)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"who": "all"}, "还没选文书"),
        ({"papers": ["evidence_list"], "who": "chosen"}, "还没勾选申请人。请至少勾选一人"),
        ({"papers": ["settlement"], "who": "all"}, "文书"),
        ({"papers": ["evidence_list"], "who": "chosen", "claimants": ["999999"]}, "勾选的人"),
    ],
)
def test_what_was_chosen_wrongly_is_said(cast, data, sentence):
    case = a_group(cast, 1)
    answer = client_for(cast.prosecutor).post(url("batch", case), data)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Bundle.objects.count() == 0


def test_only_those_chosen(cast):
    case = a_group(cast, 3)
    second = workers_of(case)[1].claimant
    data = {"papers": ["evidence_list"], "who": "chosen", "claimants": [second.pk]}
    client_for(cast.prosecutor).post(url("batch", case), data)

    assert [(part.number, part.claimant) for part in Bundle.objects.get().parts.all()] == [(2, second)]


def test_a_form_sent_twice_makes_one_batch(cast):
    case = a_group(cast, 1)
    browser = client_for(cast.prosecutor)
    data = {
        "papers": ["evidence_list"],
        "who": "all",
        "submission_key": "5b1c3f3e-2f5e-4f3a-9a52-000000000001",
    }
    first, second = (browser.post(url("batch", case), data) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Bundle.objects.count() == 1


def test_progress_asks_again_until_it_is_over(cast):
    case = a_group(cast, 1)
    bundle = batch(case, cast.prosecutor)
    browser = client_for(cast.prosecutor)
    running = browser.get(url("bundle", case, bundle.pk)).content.decode()
    made(bundle)
    done = browser.get(url("bundle", case, bundle.pk)).content.decode()

    assert 'hx-trigger="every 2s"' in running
    assert "0／1 件" in running
    assert "取消生成" in running
    assert 'hx-trigger="every 2s"' not in done
    assert url("bundle_file", case, bundle.pk, "zip") in done
    assert "已生成 1 份，合并文件 2 页。" in done


def test_the_panels_are_part_of_their_pages(cast):
    case = a_group(cast, 1)
    bundle = batch(case, cast.prosecutor)
    browser = client_for(cast.prosecutor)
    for address in (url("bundle", case, bundle.pk), url("file", case), url("internal_file", case)):
        assert_panel_is_part_of_page(browser, address)


def test_downloads_are_on_record_and_bear_no_name(cast):
    case = a_group(cast, 1)
    bundle = made(batch(case, cast.prosecutor))
    answer = client_for(cast.prosecutor).get(url("bundle_file", case, bundle.pk, "pdf"))

    assert b"".join(answer.streaming_content) == content_of(bundle)
    assert "attachment" in answer.headers["Content-Disposition"]
    entry = Entry.objects.get(verb="download")
    assert (entry.target_label, entry.target_id) == (f"{case} 批量文书（PDF）", str(bundle.pk))


def test_removed_files_are_gone_and_the_record_stays(cast, django_capture_on_commit_callbacks):
    case = a_group(cast, 1)
    bundle = made(batch(case, cast.prosecutor))
    path = bundle.files.get(kind="pdf").file.path
    browser = client_for(cast.prosecutor)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(url("bundle_remove", case, bundle.pk))

    assert not Path(path).exists()
    assert browser.get(url("bundle_file", case, bundle.pk, "pdf")).status_code == 404
    page = browser.get(url("bundle", case, bundle.pk)).content.decode()
    assert "文件已经删除" in page
    assert bundle.parts.count() == 1


@pytest.mark.parametrize("name", ["batch", "file", "internal_file"])
def test_lists_cost_the_same_for_one_and_for_many(cast, name, django_assert_max_num_queries):
    few, many = a_group(cast, 1), a_group(cast, 12, first=30)
    browser = client_for(cast.prosecutor)
    browser.get(url(name, few))
    counts = []
    for case in (few, many):
        with django_assert_max_num_queries(40) as queries:
            browser.get(url(name, case))
        counts.append(len(queries.captured_queries))
    assert counts[0] == counts[1]


def test_no_batch_in_a_case_that_is_archived_but_its_file_may_be_made(cast):
    case = a_group(cast, 1)
    case.__class__.objects.filter(pk=case.pk).update(**{"stage": "archived"})
    browser = client_for(cast.prosecutor)

    assert "案件已归档，只读。" in browser.get(url("batch", case)).content.decode()
    assert browser.post(url("file", case)).status_code == 302
    assert work.work(str(Bundle.objects.get().pk)) is False
