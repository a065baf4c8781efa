"""审查, 审批 and 决定 of one plot."""

from datetime import date, timedelta
from typing import Any

from cases.approval import actions as approval
from cases.decision import actions as decision
from cases.limitation import actions as limitation
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.review import actions as review
from cases.review.checklist import QUESTIONS
from cases.service import actions as service
from cases.service.outside import issued_here, serve
from core import clock
from dashboard.demo.arriving import Arriving
from dashboard.demo.stride import COURT
from documents.models import Document


class Deciding(Arriving):
    """From the review to the decision and its service."""

    def review(self, days: int = 4) -> None:
        """Track, limitation, inquiry, opinions, checklist."""
        case, by = self.case, self.handler
        with self.at(days):
            review.decide_track(
                case,
                legal_track="service",
                track_reasons="由带班人直接招用、按日计酬，没有劳动合同，不受单位规章约束。",
                version=1,
                by=by,
            )
            base = self.first_day - timedelta(days=self.plot.worked_until - 1)
            note = "自完工应付之次日起算三年，未届满。"
            review.check_limitation(case, limitation_from=base, limitation_note=note, version=2, by=by)
            review.record_inquiry(
                case,
                kind="interview",
                on=clock.today(),
                target="被申请人负责人",
                investigators=f"{by}、{self.people['assistant']}",
                findings="承认用工和结算金额，称工程款未到位。",
                by=by,
            )
            review.save_opinions(case, version=3, by=by, **self._opinions())
            review.answer_checklist(case, answers=dict.fromkeys(QUESTIONS, ("yes", "")), by=by)

    def demand(self, days: int = 6) -> None:
        """A demand that the assistant found; the prosecutor has not confirmed it yet."""
        with self.at(days) as day:
            evidence = "微信催要记录截图"
            on = day - timedelta(days=30)
            by = self.people["assistant"]
            limitation.add_event(self.case, kind="demand", on=on, evidence=evidence, by=by)

    def _opinions(self) -> dict[str, str]:
        plot = self.plot
        return {
            "facts_found": f"申请人在{plot.project}务工，经结算，{plot.employer}尚欠劳动报酬未付。",
            "evidence_opinion": "工资结算表、考勤记录与双方陈述相互印证。",
            "legal_opinion": f"申请人付出劳动后依法享有取得报酬的权利，{plot.employer}应当按照结算支付。",
            "necessity": "申请人收集证据、参加诉讼确有困难，经有关部门处理后仍未实现权利，自愿申请支持起诉。",
        }

    def propose(self, matter: str, days: int, **fields: Any) -> None:
        with self.at(days):
            reasons = str(fields.pop("reasons", "事实清楚，证据基本充分，符合支持起诉条件。"))
            letter = paper_by("support_letter")
            if matter == "support" and letter:
                drafting.draft(self.case, letter, by=self.handler, court=COURT)
                decision.propose(self.case, matter=matter, reasons=reasons, by=self.handler)
            else:
                decision.begin(self.case, matter=matter, reasons=reasons, by=self.handler, **fields)
                decision.propose(self.case, matter=matter, by=self.handler)

    def agree(self, who: str, days: int) -> None:
        with self.at(days, 15):
            approval.approve(self.case, opinion="同意。", by=self.people[who], read=True)

    def decide(self, matter: str, days: int = 6, **fields: Any) -> None:
        """Proposal, head, chief; the paper is served three days later."""
        self.propose(matter, days, **fields)
        self.finish(matter, days)

    def finish(self, matter: str, days: int) -> None:
        """What was proposed that day is agreed by head and chief, and served."""
        self.agree("head", days + 1)
        self.agree("chief", days + 2)
        with self.at(days + 4) as day:
            if paper := issued_here(self.case, "decision"):
                self._serve(paper, day)
                return
            to, kind = "申请人", "decision"
            serve(self.case, paper=kind, addressee=to, means="direct", served_on=day, by=self.clerk)

    def hand_over(self, kind: str, days: int) -> None:
        """The issued paper of this kind is served."""
        with self.at(days) as day:
            issued = Document.objects.filter(case_link__case=self.case, status=Document.Status.ISSUED)
            self._serve(issued.get(kind=kind), day)

    def _serve(self, paper: Document, day: date) -> None:
        """On the court and on everybody who applied, each signing for it."""
        for one in paper.addressees.all():
            signed: dict[str, Any] = {"received_by": "收件人员", "capacity": "unit"}
            if one.is_person:
                signed = {"received_by": one.name, "capacity": "self"}
            service.send(self.case, paper, to=one.pk, way="direct", sent_on=day, by=self.clerk, **signed)
