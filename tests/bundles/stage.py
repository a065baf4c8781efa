"""A case for bundles: some workers with all their data, things of their own and things of all."""

from cases.bundles import actions, keeping, work
from cases.models import BundleFile
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from core.crypto import blind_index
from tests.cases.factories import (
    AcceptanceReviewFactory,
    CaseFactory,
    ClaimantFactory,
    EvidenceFactory,
    PersonFactory,
    RespondentFactory,
    id_number,
)

NAMES = ["王建国", "李志强", "张秀英", "巴特尔·孟和", "赵㛃䶮", "钱小丽"]


def a_group(cast, workers=3, first=0, **traits):
    """A reviewed case with so many workers, each with data, a claim and a piece of evidence of their own."""
    case = CaseFactory(
        handler=cast.prosecutor, reviewed=True, facts="2025年4月至11月在工地务工，工资未付。", **traits
    )
    for n in range(first, first + workers):
        ClaimantFactory(
            case=case, person=_person(case, n), claim=f"{10000 + n}.00", wage_standard=f"{300 + n}元/天"
        )
    for claimant in case.claimants.select_related("person"):
        EvidenceFactory(case=case, claimant=claimant, name=f"欠条第{claimant.pk}号", recorded_by=case.handler)
    EvidenceFactory(case=case, name="工地照片", recorded_by=case.handler)
    RespondentFactory(case=case, company__address="示例区建设路1号")
    return case


def _person(case, n):
    number = id_number(7000 + n, "152601")
    return PersonFactory(
        organisation=case.organisation,
        name=NAMES[n] if n < len(NAMES) else f"务工人员{n:03}",
        id_number=number,
        id_index=blind_index("person.id", number),
        phone=f"1390000{n:04}",
        address=f"示例旗示例镇{n + 1}号",
    )


def batch(case, by, papers=("evidence_list",), **changes):
    asked = {"papers": papers, "who": "all", "claimants": [], "by": by}
    return actions.batch(case, **(asked | changes))


def made(bundle):
    """The work done here, as a worker would do it."""
    while work.work(str(bundle.pk)):
        pass
    bundle.refresh_from_db()
    bundle.job.refresh_from_db()
    return bundle


def content_of(bundle, kind=BundleFile.Kind.PDF):
    opened = keeping.opened(bundle.files.get(kind=kind))
    try:
        return b"".join(iter(lambda: opened.read(1 << 20), b""))
    finally:
        opened.close()


def issue_paper(case, key, by, **typed):
    """A paper of the case, issued as it comes from the case."""
    document = drafting.draft(case, paper_by(key), by=by)
    if typed:
        drafting.revise(case, document, by=by, expected_n=1, **typed)
    return drafting.issue(case, document, by=by)


def issue_internal_paper(case, by, opinion="符合受理条件，内部意见甲乙丙。"):
    """受理登记表, with an opinion that nobody outside may read."""
    AcceptanceReviewFactory(case=case, opinion=opinion)
    return issue_paper(case, "acceptance_record", by)
