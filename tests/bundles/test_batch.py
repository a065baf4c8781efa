"""批量文书: one paper for each worker, his own facts alone, as one PDF and as a zip."""

import io
import json
import zipfile

import pikepdf
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry, Verb
from cases.bundles import actions
from cases.models import Bundle, BundleFile, BundlePart
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.per_worker import PER_WORKER, sheets_of, workers_of
from core.refusals import Refused
from documents import papers
from documents.facts import to_json
from notifications.models import Notification
from tests.bundles.stage import a_group, batch, content_of, made
from tests.documents.pdf import pages_of
from tests.jobs.factories import JobFactory


def text_of(pdf):
    return ["\n".join(page.texts) for page in pages_of(pdf)]


@pytest.mark.parametrize("key", PER_WORKER)
def test_a_workers_paper_says_nothing_of_another_worker(cast, key):
    case = a_group(cast, 5)
    everybody = workers_of(case)
    sheets = sheets_of(case, [key], everybody, everybody)

    assert [each.worker.number for each in sheets] == [1, 2, 3, 4, 5]
    for sheet in sheets:
        said = to_json(sheet.facts)
        for other in everybody:
            person, is_me = other.claimant.person, other == sheet.worker
            secrets = (
                person.id_number,
                person.phone,
                person.address,
                person.name,
                f"第{other.claimant.pk}号",
            )
            assert is_me or not [each for each in secrets if each in said]
        assert sheet.names_others == ()


def test_the_facts_of_many_cost_no_more_queries_than_those_of_two(cast):
    keys = ["complaint_service", "evidence_list", "power_of_attorney"]
    counts = []
    for workers in (2, 12):
        case = a_group(cast, workers, first=20 * workers)
        with CaptureQueriesContext(connection) as queries:
            everybody = workers_of(case)
            sheets_of(case, keys, everybody, everybody)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_sums_and_evidence_are_the_workers_own_and_texts_are_the_groups(cast):
    case = a_group(cast, 3)
    document = drafting.draft(case, paper_by("complaint_labour"), by=cast.prosecutor)
    drafting.revise(
        case,
        document,
        by=cast.prosecutor,
        expected_n=1,
        service_address="王建国，13900000000，示例旗示例镇1号",
        basis="《保障农民工工资支付条例》第三条",
        e_service="13900000000",
    )
    everybody = workers_of(case)
    second = sheets_of(case, ["complaint_labour"], everybody[1:2], everybody)[0]

    assert second.missing == ()
    assert second.facts.basis == "《保障农民工工资支付条例》第三条"
    assert second.facts.service_address == "李志强，13900000001，示例旗示例镇2号"
    assert (second.facts.e_service, second.facts.owed) == ("", everybody[1].claimant.items.get().owed)
    assert [each.name for each in second.facts.workers] == ["李志强"]


def test_what_is_missing_is_listed_with_the_place_to_mend_it(cast):
    case = a_group(cast, 2)
    person = case.claimants.order_by("pk")[1].person
    person.address = ""
    person.save(update_fields=["address"])
    everybody = workers_of(case)
    found = sheets_of(case, ["complaint_labour", "power_of_attorney"], everybody, everybody)

    lacking = [(each.worker.number, each.title, each.missing) for each in found if each.missing]
    assert lacking == [
        (1, "授权委托书", ("受委托人",)),
        (2, "民事起诉状（劳动争议）", ("送达地址", "申请人住址")),
        (2, "授权委托书", ("受委托人",)),
    ]
    assert [gap.url for each in found for gap in each.gaps] == [
        f"/cases/{case.code}/documents/",
        f"/cases/{case.code}/claims/{everybody[1].claimant.pk}/",
        f"/cases/{case.code}/documents/",
    ]


def test_what_is_missing_is_refused_or_left_out_whole(cast):
    case = a_group(cast, 2)
    person = case.claimants.order_by("pk")[1].person
    person.address = ""
    person.save(update_fields=["address"])
    keys = ["complaint_labour", "evidence_list"]

    with pytest.raises(Refused, match=r"^1 人的文书有待填"):
        batch(case, cast.prosecutor, keys)
    bundle = batch(case, cast.prosecutor, keys, leave_out=True)

    assert [(part.number, part.paper) for part in bundle.parts.all()] == [
        (1, "complaint_labour"),
        (1, "evidence_list"),
    ]
    assert (bundle.plan["left_out"], bundle.job.total) == (1, 2)


def test_a_common_text_that_names_one_of_them_needs_a_second_look(cast):
    case = a_group(cast, 2)
    case.facts = "李志强等人在工地务工，合计欠20,001.00元。"
    case.save(update_fields=["facts"])

    everybody = workers_of(case)
    found = sheets_of(case, ["complaint_service"], everybody, everybody)
    assert [each.names_others for each in found] == [
        ("事实与理由写到李志强", "事实与理由写到20,001.00"),
        ("事实与理由写到20,001.00",),
    ]
    with pytest.raises(Refused, match="写到了其他申请人"):
        batch(case, cast.prosecutor, ["complaint_service"])
    assert batch(case, cast.prosecutor, ["complaint_service"], as_written=True).parts.count() == 2


def test_pdf_zip_contents_and_bookmarks_agree(cast):
    case = a_group(cast, 3)
    bundle = made(batch(case, cast.prosecutor, ["complaint_service", "evidence_list"]))

    assert (bundle.job.status, bundle.job.done, bundle.job.total) == ("done", 6, 6)
    pdf = content_of(bundle)
    pages = text_of(pdf)
    assert bundle.pages == len(pages)
    names = ["王建国", "李志强", "张秀英"]
    contents = pages[0].replace("\n", "")
    assert all(name in contents for name in names)
    for part in bundle.parts.select_related("claimant__person"):
        own = names[part.number - 1]
        start = bookmark(pdf, part)
        mine = "".join(pages[start : start + part.pages])
        assert own in mine
        assert not [name for name in names if name != own and name in mine]
        assert f"{start + 1}" in contents
    assert [number_on(page) for page in pages_of(pdf)] == [str(n + 1) for n in range(len(pages))]
    packed = zipfile.ZipFile(io.BytesIO(content_of(bundle, BundleFile.Kind.ZIP)))
    assert number_on(pages_of(packed.read("02-证据目录.pdf"))[0]) == ""
    assert packed.namelist() == [
        "目录.pdf",
        "01-民事起诉状（劳务合同）.pdf",
        "01-证据目录.pdf",
        "02-民事起诉状（劳务合同）.pdf",
        "02-证据目录.pdf",
        "03-民事起诉状（劳务合同）.pdf",
        "03-证据目录.pdf",
    ]
    assert "李志强" in "".join(text_of(packed.read("02-证据目录.pdf")))


def number_on(page):
    """What stands above the text, in the corner."""
    return "".join(glyph.char for line in page.lines for glyph in line if glyph.baseline < page.height / 15)


def bookmark(pdf, part):
    """The page, from 0, that the bookmark of a part leads to."""
    with pikepdf.open(io.BytesIO(pdf)) as found, found.open_outline() as outline:
        group = next(item for item in outline.root if item.title == f"{part.number:02} 号")
        item = next(child for child in group.children if child.title == part.title)
        target = item.destination[0].objgen
        return next(n for n, page in enumerate(found.pages) if page.objgen == target)


def test_printed_on_both_sides_each_paper_begins_on_its_own_sheet(cast):
    case = a_group(cast, 2)
    bundle = made(batch(case, cast.prosecutor, ["evidence_list"], on_new_sheet=True))
    pdf = content_of(bundle)

    assert [bookmark(pdf, part) % 2 for part in bundle.parts.all()] == [0, 0]
    assert bundle.pages == len(pages_of(pdf)) == 6


def test_neither_names_nor_numbers_stand_in_metadata_names_or_logs(cast, caplog):
    case = a_group(cast, 2)
    bundle = made(batch(case, cast.prosecutor, ["evidence_list"]))
    with pikepdf.open(io.BytesIO(content_of(bundle))) as pdf:
        said = f"{dict(pdf.docinfo)} {[item.title for item in pdf.open_outline().root]}"
        assert "/Metadata" not in pdf.Root
    job = bundle.job
    told = [
        *Entry.objects.values_list("target_label", "detail"),
        *Notification.objects.values_list("title", "url"),
    ]
    said += f"{bundle.plan} {job.kind} {job.text} {job.result} {told} {caplog.text}"
    said += " ".join(each.file.name for each in bundle.files.all())
    for claimant in case.claimants.select_related("person"):
        person = claimant.person
        assert not [each for each in (person.name, person.id_number, person.phone) if each in said]


def test_what_lies_on_the_disk_is_sealed_and_matches_its_row(cast, settings):
    case = a_group(cast, 1)
    bundle = made(batch(case, cast.prosecutor, ["evidence_list"]))
    row = bundle.files.get(kind="pdf")
    with row.file.open("rb") as stored:
        assert b"%PDF" not in stored.read()
    assert content_of(bundle)[:5] == b"%PDF-"
    assert not (settings.MEDIA_ROOT / ".bundles" / str(bundle.pk)).exists()


def test_facts_are_frozen_with_hash_words_and_hand(cast):
    case = a_group(cast, 1)
    bundle = batch(case, cast.prosecutor, ["evidence_list"])
    item = case.claimants.get().items.get()
    item.due = "1.00"
    item.save(update_fields=["due"])
    part = made(bundle).parts.get()

    facts = json.loads(part.facts_json)
    assert facts["who"] == "王建国"
    assert part.template_version == paper_by("evidence_list").paper.template_version
    assert len(part.content_hash) == len(part.sha256) == 64
    assert bundle.job.requested_by == cast.prosecutor
    for change in ({"content_hash": "0" * 64}, {"template_version": "x"}, {"number": 9}):
        with pytest.raises(DatabaseError, match="不能改"), transaction.atomic():
            BundlePart.objects.filter(pk=part.pk).update(**change)
    with pytest.raises(DatabaseError, match="不能改"), transaction.atomic():
        BundleFile.objects.update(content_sha256="0" * 64)


def test_asking_twice_is_one_batch_and_another_one_has_to_wait(cast):
    case = a_group(cast, 1)
    first = batch(case, cast.prosecutor, ["evidence_list"])

    assert batch(case, cast.assistant, ["evidence_list"]) == first
    with pytest.raises(Refused, match="李检察官 发起的还没完成"):
        batch(case, cast.assistant, ["pledge"])
    made(first)
    assert batch(case, cast.assistant, ["evidence_list"]) != first


def test_the_batch_is_in_the_journal_and_on_record_once(cast):
    case = a_group(cast, 2)
    bundle = made(batch(case, cast.prosecutor, ["evidence_list"]))

    assert [event.note for event in case.events.filter(kind="document")] == ["批量生成证据目录，2 人，2 份"]
    assert Entry.objects.filter(verb=Verb.EXPORT, target_id=str(bundle.pk)).count() == 1
    told = Notification.objects.get(key=f"bundle-{bundle.pk}")
    assert (told.recipient, told.url) == (cast.prosecutor, f"/cases/{case.code}/bundles/{bundle.pk}/")


def test_the_database_lets_one_of_a_kind_run_in_a_case(cast):
    case = a_group(cast, 1)
    first = batch(case, cast.prosecutor, ["evidence_list"])
    with pytest.raises(IntegrityError, match="bundle_one_at_a_time"), transaction.atomic():
        Bundle.objects.create(case=case, kind="batch", plan_hash="x", job=JobFactory())
    actions.cancel(first, by=cast.prosecutor)
    Bundle.objects.create(case=case, kind="batch", plan_hash="x", job=JobFactory())


def test_facts_of_a_paper_can_be_read_again(cast):
    case = a_group(cast, 1)
    part = batch(case, cast.prosecutor, ["evidence_list"]).parts.get()
    kind = paper_by("evidence_list").paper.facts
    assert papers.from_json(kind, part.facts_json).proofs[0].whose == "王建国"
