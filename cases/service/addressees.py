"""受送达人: to whom an issued paper of this case goes, as its kind says (`CasePaper.copies`). Reads, writes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from cases.models import Case, Claimant, Respondent
from cases.paperwork.catalogue import Copy, Signed, paper_for
from cases.paperwork.known import Known
from documents import papers
from documents.models import Addressee, Document, Service

Whom = Addressee.Whom
INSIDE = frozenset({"存档", "存根", "回执", "案卷", "本院", "上级院备案"})  # nobody is served with these
HANDED_ON = "被告"  # copies that the court serves
LONGEST = 120


@dataclass(frozen=True)
class Wanted:
    """One addressee before it is written down."""

    source: str
    whom: Addressee.Whom
    name: str
    is_person: bool = False
    copies: int = 1


def copies_of(document: Document) -> tuple[Copy, ...]:
    """The copies that leave the house; none of papers that the office does not seal."""
    declared = paper_for(document)
    if declared is None or declared.signed != Signed.SEAL:
        return ()
    return tuple(copy for copy in declared.copies if copy.to not in INSIDE)


def is_served(document: Document) -> bool:
    """Whether papers of this kind are served on anybody."""
    return bool(copies_of(document))


def wanted(case: Case, document: Document) -> list[Wanted]:
    """Everybody that this paper goes to, each once; empty names wait for somebody to add them."""
    facts = papers.facts_of(document.latest)
    found: dict[str, Wanted] = {}
    for copy in copies_of(document):
        for one in RESOLVERS.get(copy.to, partial(_named, names=("addressee",)))(case, document, facts, copy):
            if one.name:
                found.setdefault(one.source, one)
    return list(found.values())


def _court(case: Case, document: Document, facts: object, copy: Copy) -> Iterator[Wanted]:
    """With the copies that the court hands to the defendants, where the paper has such (domain.md §5.3)."""
    name = str(getattr(facts, "court", "") or Known(case).court)
    handed_on = sum(each.count for each in copies_of(document) if each.to == HANDED_ON)
    copies = copy.count + handed_on * case.respondents.filter(is_defendant=True).count()
    yield Wanted("court", Whom.COURT, name, copies=copies)


def _by_the_court(case: Case, document: Document, facts: object, copy: Copy) -> Iterator[Wanted]:
    """The court serves its own parties: their copies go with those of the court."""
    yield from ()


def _applicants(case: Case, document: Document, facts: object, copy: Copy) -> Iterator[Wanted]:
    """Each applicant, or the representatives, who take the copies of those they represent (民诉法56条)."""
    people: list[Claimant] = list(case.claimants.standing().select_related("person"))
    chosen = [one for one in people if one.is_representative]
    beyond = len(people) - len(chosen)
    for n, one in enumerate(chosen or people):
        copies = copy.count + (beyond if chosen and n == 0 else 0)
        yield Wanted(f"claimant-{one.pk}", Whom.APPLICANT, one.person.name, True, copies)


def _defendants(case: Case) -> list[Respondent]:
    return list(case.respondents.filter(is_defendant=True).select_related("company", "person"))


def _respondents(case: Case, document: Document, facts: object, copy: Copy) -> Iterator[Wanted]:
    for one in _defendants(case):
        yield _respondent(one, copy)


def _respondent(one: Respondent, copy: Copy) -> Wanted:
    return Wanted(f"respondent-{one.pk}", Whom.RESPONDENT, one.name, one.person_id is not None, copy.count)


def _told(case: Case, document: Document, facts: object, copy: Copy) -> Iterator[Wanted]:
    """Respondents on whom their rights were served."""
    served = Service.objects.served().filter(
        to__document__case_link__case=case, to__document__kind="respondent_rights"
    )
    sources = set(served.values_list("to__source", flat=True))
    yield from (wanted for one in _defendants(case) if (wanted := _respondent(one, copy)).source in sources)


def _named(
    case: Case, document: Document, facts: object, copy: Copy, *, names: tuple[str, ...]
) -> Iterator[Wanted]:
    """The unit that the paper itself names."""
    for name in names:
        yield Wanted(
            name, Whom.UNIT, str(getattr(facts, name, "") or "").strip()[:LONGEST], copies=copy.count
        )


def _as_corrected(case: Case, document: Document, facts: object, copy: Copy) -> Iterator[Wanted]:
    """补正决定书 goes to whom the corrected paper went."""
    for one in Addressee.objects.filter(document=document.corrects_id, left_out_at=None):
        yield Wanted(one.source or f"as-{one.pk}", Whom(one.whom), one.name, one.is_person, one.copies)


RESOLVERS: dict[str, Callable[[Case, Document, object, Copy], Iterator[Wanted]]] = {
    "人民法院": _court,
    HANDED_ON: _by_the_court,
    "申请人": _applicants,
    "被申请人": _respondents,
    "被申请人（已告知的）": _told,
    "原文书的受送达人": _as_corrected,
    "被调取单位": partial(_named, names=("unit",)),
    "法律援助机构": partial(_named, names=("aid_centre",)),
    "移送单位": partial(_named, names=("sender",)),
}
