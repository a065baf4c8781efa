"""案件要素: what the case knows, by the names that papers take facts from. Reads; each thing is asked for once.

A fact's `source` is the name of a property here. Money is yuan, days are days in Shanghai.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cached_property

from cases.models import (
    ClaimItem,
    Decision,
    Evidence,
    Respondent,
    Review,
    Supplement,
)
from cases.paperwork.known_file import KnownFile
from cases.paperwork.known_partners import KnownForPartners
from cases.paperwork.reading import party, proof, worker
from cases.paperwork.rows import Claim, Party, Proof, Worker
from cases.workflow import OPEN_STAGES
from documents.conventions import paper_day

FEW = 3  # more workers than this go by `王建国等15人`


class Known(KnownForPartners, KnownFile):
    """Everything that papers can take from one case."""

    # 本院

    @property
    def office(self) -> str:
        return self.case.organisation.name

    @property
    def office_phone(self) -> str:
        return self.case.organisation.phone

    @property
    def handler(self) -> str:
        return self.case.handler.name if self.case.handler else ""

    @property
    def case_number(self) -> str:
        return self.case.official_number

    @property
    def case_title(self) -> str:
        return self.case.title

    @property
    def cause(self) -> str:
        return self.case.cause_name

    @property
    def source_unit(self) -> str:
        return self.case.source_unit.name if self.case.source_unit else ""

    @property
    def source_number(self) -> str:
        return self.case.source_number

    @property
    def source_words(self) -> str:
        return self.case.get_source_display()

    @property
    def received_on(self) -> date | None:
        return self.case.received_on

    @property
    def accepted_on(self) -> date | None:
        return self.case.accepted_on

    @property
    def closed_on(self) -> date | None:
        """办结日期 of whatever has ended; a case that is still in court has none, though its decision is made."""
        return None if self.case.stage in OPEN_STAGES else self.case.closed_on or self.case.decided_on

    @property
    def application_facts(self) -> str:
        return self.case.facts

    @property
    def request(self) -> str:
        return self.case.request

    @property
    def project(self) -> str:
        return self.case.project.name if self.case.project else ""

    @property
    def place(self) -> str:
        return self.case.project.place if self.case.project else ""

    # 当事人与金额

    @cached_property
    def workers(self) -> tuple[Worker, ...]:
        return tuple(worker(each) for each in self._claimants)

    @property
    def representatives(self) -> tuple[Worker, ...]:
        return tuple(worker for worker in self.workers if worker.is_representative)

    @property
    def representative_names(self) -> tuple[str, ...]:
        return tuple(worker.name for worker in self.representatives)

    @property
    def applicants_short(self) -> str:
        """王建国; 王建国、李志强; 王建国等15人."""
        names = [worker.name for worker in self.workers]
        return f"{names[0]}等{len(names)}人" if len(names) > FEW else "、".join(names)

    @cached_property
    def _respondents(self) -> list[Respondent]:
        return list(self.case.respondents.select_related("company", "person").order_by("pk"))

    @property
    def respondents(self) -> tuple[Party, ...]:
        return tuple(party(each) for each in self._respondents if each.is_defendant)

    @property
    def respondents_short(self) -> str:
        return "、".join(party.name for party in self.respondents)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """诉讼请求 by kind, in the order of the list of kinds."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        heads: dict[str, set[int]] = defaultdict(set)
        for claimant in self._claimants:
            for item in claimant.items.all():
                sums[item.kind] += item.owed
                heads[item.kind].add(claimant.pk)
        kinds = ClaimItem.Kind
        return tuple(
            Claim(kind=kind.label, heads=len(heads[kind.value]), owed=sums[kind.value])
            for kind in kinds
            if kind.value in sums
        )

    # 审查

    @cached_property
    def _review(self) -> Review | None:
        return Review.objects.filter(case=self.case).first()

    @property
    def facts_found(self) -> str:
        return (self._review.facts_found if self._review else "") or self.case.facts

    @property
    def evidence_opinion(self) -> str:
        return self._review.evidence_opinion if self._review else ""

    @property
    def legal_opinion(self) -> str:
        return self._review.legal_opinion if self._review else ""

    @property
    def legal_track(self) -> str:
        return self._review.get_legal_track_display() if self._review else ""

    @property
    def track_reasons(self) -> str:
        return self._review.track_reasons if self._review else ""

    @property
    def necessity(self) -> str:
        return self._review.necessity if self._review else ""

    @property
    def risks(self) -> str:
        return self._review.risks if self._review else ""

    @property
    def limitation_note(self) -> str:
        return self._review.limitation_note if self._review else ""

    @cached_property
    def _evidence(self) -> list[Evidence]:
        found = Evidence.objects.filter(case=self.case, removed_at=None).select_related("claimant__person")
        return list(found.order_by("pk"))

    @cached_property
    def proofs(self) -> tuple[Proof, ...]:
        return tuple(proof(each) for each in self._evidence)

    @property
    def proof_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(proof.name for proof in self.proofs))

    # 支持起诉书

    @property
    def origin_words(self) -> str:
        """Who applied when, accepted when; nothing while one of these is unknown."""
        case = self.case
        if not self.applicants_short or not case.received_on or not case.accepted_on:
            return ""
        return (
            f"{self.applicants_short}因追索劳动报酬，于{paper_day(case.received_on)}向本院申请支持起诉。"
            f"本院于{paper_day(case.accepted_on)}受理后，依法进行了审查，现已审查终结。"
        )

    @property
    def evidence_words(self) -> str:
        """以上事实有…等证据证实, from the evidence list."""
        return f"以上事实，有{'、'.join(self.proof_names)}等证据证实。" if self.proof_names else ""

    @property
    def support_opinion(self) -> str:
        return "\n".join(text for text in (self.legal_opinion, self.necessity) if text)

    @cached_property
    def _supplement(self) -> Supplement | None:
        return Supplement.objects.filter(case=self.case).order_by("pk").last()

    @property
    def lacking(self) -> tuple[str, ...]:
        lines = self._supplement.items.splitlines() if self._supplement else []
        return tuple(line.strip() for line in lines if line.strip())

    @property
    def supplement_due_on(self) -> date | None:
        return self._supplement.due_on if self._supplement else None

    # 决定

    @cached_property
    def _decision(self) -> Decision | None:
        return Decision.objects.filter(case=self.case).first()

    @property
    def decision_reasons(self) -> str:
        return self._decision.reasons if self._decision else ""

    @property
    def decided_on(self) -> date | None:
        return self._decision.decided_on if self._decision else None
