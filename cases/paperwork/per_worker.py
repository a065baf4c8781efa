"""一人一份的文书: a paper of the catalogue for one worker alone — his sums, his period, his evidence.

What only a writer knows (受委托人, 请求依据 …) is taken from the case's own paper of that kind, where there is one: it
is written once, in the editor, and holds for all. So does a court that only papers name yet (`common`).
Sums and addresses typed there are the group's, and stay there.
"""

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, get_type_hints

from django.urls import reverse

from cases.intake.claims_table import table_of
from cases.models import Case, Claimant, Evidence
from cases.paperwork.alike import Written, completed, entered_at, is_common
from cases.paperwork.catalogue import CasePaper, paper_by
from cases.paperwork.known import Known
from cases.paperwork.process_rows import Applicant, Contacted
from cases.paperwork.rows_after import Awarded
from cases.paperwork.sources import place_of
from documents import papers
from documents.facts import lacking_in_rows, missing
from documents.models import Document
from documents.wording.writing import written as spelled

# What is meaningful for each worker alone and signed by the worker; joint papers (推选书, 名单, 和解协议) are not.
PER_WORKER = (
    "complaint_labour",
    "complaint_service",
    "evidence_list",
    "power_of_attorney",
    "application",
    "pledge",
    "contact_confirmation",
    "arbitration_request",
    "payment_order",
    "legal_aid_form",
    "enforcement_request",
)
# What the group's facts and those of one worker have in common; whatever is not named here is asked anew for the one.
SHARED = (
    "_respondents",
    "_filing",
    "_judgment",
    "_enforcement",
    "_arbitration",
    "_agreed",
    "_review",
)
PERSONAL = frozenset(
    {"e_service", "takes_e_service"}
)  # typed for somebody else: left open for each to fill in


class KnownOfOne(Known):
    """案件要素 as far as they are this worker's, or everybody's."""

    def __init__(self, group: Known, claimant: Claimant) -> None:
        super().__init__(group.case)
        self._group = group
        self.claimant = claimant
        self.__dict__["_claimants"] = [claimant]
        self.__dict__ |= {name: value for name, value in vars(group).items() if name in SHARED}

    @cached_property
    def _evidence(self) -> list[Evidence]:
        return [each for each in self._group._evidence if each.claimant_id in (None, self.claimant.pk)]

    @cached_property
    def _unpaid(self) -> list[tuple[Claimant, Awarded]]:
        return [each for each in self._group._unpaid if each[0].pk == self.claimant.pk]

    @cached_property
    def applicants(self) -> tuple[Applicant, ...]:
        person = self.claimant.person
        return (Applicant(name=person.name, sex=person.sex, born=person.born_on, ethnicity=person.ethnicity),)

    @property
    def owed_total(self) -> Decimal | None:
        items = self.claimant.items.all()
        return sum((item.owed for item in items), Decimal(0)) if items else None

    @property
    def contacts(self) -> tuple[Contacted, ...]:
        person = self.claimant.person
        return (Contacted(name=person.name, phone=person.phone, address=person.address),)

    @property
    def service_address(self) -> str:
        """送达地址: 收件人、电话、地址; empty while phone or address are not known."""
        person = self.claimant.person
        known = [person.name, person.phone, person.address]
        return "，".join(known) if all(known) else ""


OWN = {"service_address": "service_address"}  # typed in the group's paper, known for the one


@dataclass(frozen=True)
class Numbered:
    """One worker by the line of the claim table."""

    number: int
    claimant: Claimant


@dataclass(frozen=True)
class Gap:
    """待填 or 写到他人, and the page where to put it right; `is_own` when that page is the worker's."""

    text: str
    url: str
    is_own: bool = False


@dataclass(frozen=True)
class Sheet:
    """一人的一份文书, and why it cannot or should not be made as it is."""

    declared: CasePaper
    worker: Numbered
    facts: Any
    missing: tuple[str, ...]
    names_others: tuple[str, ...]
    gaps: tuple[Gap, ...]  # both of these, with where to put them right

    @property
    def title(self) -> str:
        return self.declared.paper.title


def workers_of(case: Case) -> list[Numbered]:
    """诉求表上的申请人: whoever has not withdrawn, by the line they stand on."""
    return [Numbered(n, line.claimant) for n, line in enumerate(table_of(case).standing, start=1)]


def sheets_of(case: Case, keys: list[str], workers: list[Numbered], everybody: list[Numbered]) -> list[Sheet]:
    """Each of these papers for each of these workers, worker by worker. A fixed number of queries."""
    known = Known(case)
    declared = [paper for key in PER_WORKER if key in keys and (paper := paper_by(key))]
    written = Written(case)
    written_by_hand = {each.key: _groups_paper(case, each) for each in declared}
    for each in declared:  # what all have in common is asked for once, here
        _from_case(each, known)
    names = {each.claimant.pk: each.claimant.person.name for each in everybody}
    total = known.owed_total
    found = []
    for worker in workers:
        own = KnownOfOne(known, worker.claimant)
        others = [name for pk, name in names.items() if pk != worker.claimant.pk]
        for each in declared:
            document, typed = written_by_hand[each.key]
            facts = _facts(each, own, typed, written)
            lacking = tuple(missing(facts))
            naming = _others_in(facts, own, others, total)
            gaps = _gaps(case, each, worker, document, facts)
            if naming:
                gaps += (Gap("、".join(naming), _paper_url(case, document)),)
            found.append(Sheet(each, worker, facts, lacking, naming, gaps))
    return found


def _groups_paper(case: Case, declared: CasePaper) -> tuple[Document | None, Any]:
    """The case's own paper of this kind and its facts; nothing where none was drafted."""
    drafted = Document.objects.filter(case_link__case=case, kind=declared.key)
    document = drafted.exclude(status=Document.Status.VOID).order_by("pk").last()
    return (document, papers.facts_of(document.latest)) if document else (None, None)


def _from_case(declared: CasePaper, known: Known) -> dict[str, Any]:
    return {
        field.name: getattr(known, field.metadata["source"])
        for field in dataclasses.fields(declared.paper.facts)
        if field.metadata["source"]
    }


def _facts(declared: CasePaper, own: KnownOfOne, typed: Any, written: Written) -> Any:
    """From the case what is the worker's; from the group's paper what was written there for all."""
    kind = declared.paper.facts
    hints = get_type_hints(kind)
    values = _from_case(declared, own)
    for field in dataclasses.fields(kind):
        if field.name in OWN:
            values[field.name] = getattr(own, OWN[field.name])
        elif typed is not None and _holds_for_all(field, hints[field.name]):
            values[field.name] = getattr(typed, field.name)
    return kind(**completed(declared.paper, values, typed, written))


def _holds_for_all(field: dataclasses.Field[Any], hint: Any) -> bool:
    """Texts that a writer wrote, and answers; sums are each worker's own (trap 6)."""
    is_written = not field.metadata["source"] or field.metadata["is_long"]
    is_sum = "Decimal" in str(hint)
    return is_written and not is_sum and field.name not in PERSONAL


def _others_in(facts: Any, own: KnownOfOne, others: list[str], total: Decimal | None) -> tuple[str, ...]:
    """`事实与理由写到李志强`: what names another worker or the group's total in this one's paper (trap 18)."""
    me = own.claimant.person.name
    names = [name for name in others if name and name not in me]
    if others and total is not None and total != own.owed_total:
        names.append(spelled(total))
    found = []
    for field in dataclasses.fields(facts):
        value = getattr(facts, field.name)
        words = (
            "".join(value) if isinstance(value, tuple) and all(isinstance(v, str) for v in value) else value
        )
        if not isinstance(words, str):
            continue
        rest = words.replace(me, "")
        found += [f"{field.metadata['label']}写到{name}" for name in names if name in rest]
    return tuple(found)


def _gaps(
    case: Case, declared: CasePaper, worker: Numbered, document: Document | None, facts: Any
) -> tuple[Gap, ...]:
    """What is missing by the place where it can be entered: the worker's own page, a page of the case, the paper."""
    by_name = {f.name: f for f in dataclasses.fields(declared.paper.facts)}
    fields = {f.metadata["label"]: f for f in by_name.values()}
    hints = get_type_hints(declared.paper.facts)
    rows_lack = lacking_in_rows(facts)
    by_place: dict[tuple[str, bool], list[str]] = {}
    in_rows = {label: name for name, label in rows_lack.items()}
    for label in missing(facts):
        field = by_name[in_rows[label]] if label in in_rows else fields[label]
        source = field.metadata["source"]
        if is_common(field, hints[field.name]):
            place = entered_at(case, source) or _paper_url(case, document), False
        elif place_of(source).anchor:
            place = place_of(source).url(case), False  # the respondents, who are everybody's
        elif source or field.name in OWN:
            place = reverse("cases:claim", args=[case.code, worker.claimant.pk]), True
        else:
            place = _paper_url(case, document), False
        by_place.setdefault(place, []).append(label)
    return tuple(Gap(f"待填：{'、'.join(labels)}", *place) for place, labels in by_place.items())


def _paper_url(case: Case, document: Document | None) -> str:
    """The group's paper, or the page where that paper is begun."""
    if document:
        return reverse("cases:document", args=[case.code, document.pk])
    return reverse("cases:documents", args=[case.code])
