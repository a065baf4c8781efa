"""Walks one plot through the real verbs, day by day, as the people who would do it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from accounts.models import Organisation, User
from cases.approval import actions as approval
from cases.decision import actions as decision
from cases.decision import letters
from cases.decision.service import serve
from cases.enforcement import actions as following
from cases.filing import actions as court
from cases.intake import actions as intake
from cases.intake import claims
from cases.intake.forms import CONDITIONS
from cases.models import Case, Claimant, Consent, Evidence
from cases.recovery import actions as money
from cases.review import actions as review
from cases.review import evidence
from cases.review.checklist import QUESTIONS
from core import clock
from core.clock import SHANGHAI
from dashboard.demo.people import Workers
from dashboard.demo.plot import Plot
from referrals.facts import ReferralFacts, WorkerFacts
from referrals.intake.actions import submit
from referrals.models import Referral
from referrals.triage.actions import feed_back
from referrals.triage.convert import convert

COURT = "集宁区人民法院"
SERVICE_CAUSE = "144"


class Walk:
    """One case on its way. `at(n)` is the n-th day after the lead came in, never later than now."""

    def __init__(self, plot: Plot, office: Organisation, people: dict[str, User], workers: Workers) -> None:
        self.plot, self.office, self.people, self.workers = plot, office, people, workers
        self.handler = people[plot.handler]
        self.head = people["head" if office.code == "150902" else "other-head"]
        self.first_day = clock.today() - timedelta(days=plot.days_ago)
        self.case: Case

    @contextmanager
    def at(self, days: int, hour: int = 10) -> Iterator[date]:
        """09:00–17:00 of that day; what would lie in the future happens this minute."""
        day = self.first_day + timedelta(days=days)
        moment = datetime.combine(day, time(hour, (self.plot.days_ago * 7) % 60), tzinfo=SHANGHAI)
        with clock.travel(min(moment, clock.now())):
            yield clock.today()

    # -- 线索 and 受理

    def refer(self) -> Referral:
        """移送 by the partner, or registration of a walk-in by the clerk."""
        unit = self.people[self.plot.sender].organisation if self.plot.sender else None
        by = self.people[self.plot.sender] if self.plot.sender else self._clerk
        with self.at(0, 9):
            return submit(self.office, facts=self._facts(), unit=unit, by=by)

    def _facts(self) -> ReferralFacts:
        plot = self.plot
        end = self.first_day - timedelta(days=60)
        begin = end - timedelta(days=150)
        rows = [
            WorkerFacts(
                name=self.workers.name(),
                owed=Decimal(owed),
                id_number=self.workers.id_number(),
                phone=self.workers.phone(),
                job=self.workers.job(),
                worked_from=begin,
                worked_to=end,
            )
            for owed in plot.claims
        ]
        return ReferralFacts(
            employer_name=plot.employer,
            workers=rows,
            contact_name="经办人",
            contact_phone="13800000000",
            industry="construction",
            project_name=plot.project,
            project_place=plot.place,
            region_code=self.office.region_code,
            worked_from=begin,
            worked_to=end,
            wage_standard="按日计酬，完工结清",
            facts=f"{begin:%Y 年 %-m 月}至{end:%Y 年 %-m 月}在{plot.project}务工，完工后多次催要，工资至今未付。",
            request=f"请求支持起诉，要求{plot.employer}支付拖欠的劳动报酬。",
            is_group=len(rows) >= 10,
            no_material_reason="材料由当事人到院提交",
            is_consented=True,
        )

    def register(self) -> Case:
        """接收并转为申请, then consent, evidence and 受理审查."""
        referral = self.refer()
        with self.at(1):
            by = self._clerk
            self.case = convert(referral, handler=self.handler, by=by, cause=SERVICE_CAUSE)
            for claimant in self.case.claimants.all():
                claims.consent(claimant, kind=Consent.Kind.SIGNED, given_on=clock.today(), by=by)
            self._evidence(by)
        return self.case

    def _evidence(self, by: User) -> None:
        for kind, name, proves in [
            (Evidence.Kind.IDENTITY, "申请人身份证复印件", "申请人身份"),
            (Evidence.Kind.PAYROLL, "工资结算表", "应付与欠付工资的数额"),
            (Evidence.Kind.ATTENDANCE, "考勤记录", "务工时间和出勤"),
        ]:
            evidence.add(
                self.case,
                kind=kind,
                form=Evidence.Form.DOCUMENTARY,
                origin=Evidence.Origin.APPLICANT,
                name=name,
                proves=proves,
                pages=len(self.plot.claims),
                original_seen=True,
                by=by,
            )

    def examine(self, proposal: str = "accept", ground: str = "") -> None:
        with self.at(1, 15) as day:
            answers = dict.fromkeys(CONDITIONS, "yes") | ({"clear_respondent": "no"} if ground else {})
            intake.examine(
                self.case,
                proposal=proposal,
                ground=ground,
                opinion="材料齐全，符合受理条件。" if not ground else "与申请人有用工关系的单位无法确定。",
                examined_on=day,
                by=self.handler,
                **answers,
            )

    def accept(self) -> None:
        with self.at(2) as day:
            intake.accept(self.case, decided_on=day, by=self.head)
            if hasattr(self.case, "referral") and self.plot.sender:
                feed_back(self.case.referral, text="已受理", by=self._clerk)
        with self.at(3) as day:
            serve(
                self.case,
                paper="acceptance",
                addressee="申请人",
                means="direct",
                served_on=day,
                by=self._clerk,
            )

    @property
    def _clerk(self) -> User:
        return self.people["clerk"] if self.office.code == "150902" else self.handler

    def reject(self) -> None:
        with self.at(3) as day:
            intake.reject(
                self.case,
                ground="no_respondent",
                advice="可向劳动保障监察机构投诉，查明用工主体后重新申请。",
                decided_on=day,
                by=self.head,
            )

    # -- 审查 and 决定

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
            base = self.first_day - timedelta(days=59)
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

    def _opinions(self) -> dict[str, str]:
        plot = self.plot
        return {
            "facts_found": f"申请人在{plot.project}务工，经结算，{plot.employer}尚欠劳动报酬未付。",
            "evidence_opinion": "工资结算表、考勤记录与双方陈述相互印证。",
            "legal_opinion": f"申请人付出劳动后依法享有取得报酬的权利，{plot.employer}应当按照结算支付。",
            "necessity": "申请人收集证据、参加诉讼确有困难，经有关部门处理后仍未实现权利，自愿申请支持起诉。",
        }

    def propose(self, matter: str, days: int, **fields: object) -> None:
        with self.at(days):
            document = letters.draft(self.case, by=self.handler) if matter == "support" else None
            if document:
                letters.revise(
                    self.case, document, by=self.handler, expected_n=document.latest.n, court=COURT
                )
            reasons = str(fields.pop("reasons", "事实清楚，证据基本充分，符合支持起诉条件。"))
            decision.propose(
                self.case,
                matter=matter,
                reasons=reasons,
                by=self.handler,
                document=document,
                court=COURT if document else "",
                **fields,
            )

    def agree(self, who: str, days: int) -> None:
        with self.at(days, 15):
            approval.approve(self.case, opinion="同意。", by=self.people[who])

    def decide(self, matter: str, days: int = 6, **fields: object) -> None:
        """Proposal, head, chief; the paper is served three days later."""
        self.propose(matter, days, **fields)
        self.agree("head", days + 1)
        self.agree("chief", days + 2)
        with self.at(days + 4) as day:
            to = COURT if matter == "support" else "申请人"
            serve(self.case, paper="decision", addressee=to, means="direct", served_on=day, by=self._clerk)

    # -- 法院, 执行, 到账

    def file(self, days: int = 14) -> None:
        with self.at(days) as day:
            court.file(
                self.case,
                court=COURT,
                court_number=f"（{day.year}）内0902民初{self.plot.court_number}号",
                filed_on=day,
                procedure="simplified",
                judge="王法官",
                fee_handling="not_prepaid",
                by=self.handler,
            )

    def hear(self, days: int = 35) -> None:
        with self.at(days, 16) as day:
            held = datetime.combine(day, time(9, 30), tzinfo=SHANGHAI)
            court.hear(
                self.case, held_at=held, place="第三审判庭", note="原被告到庭，当庭质证。", by=self.handler
            )

    def judge(self, days: int = 48) -> None:
        """判决, served, in force sixteen days later."""
        with self.at(days) as day:
            awards = {one: self._owed(one) for one in self.case.claimants.standing()}
            court.judge(
                self.case,
                awards=awards,
                kind="judgment",
                result="full",
                adopted="full",
                number=f"（{day.year}）内0902民初{self.plot.court_number}号民事判决书",
                made_on=day,
                last_served_on=day,
                by=self.handler,
            )
        with self.at(days + 25) as day:
            due = day + timedelta(days=10)
            court.take_effect(self.case, effective_on=day, performance_due_on=due, by=self.handler)

    @staticmethod
    def _owed(claimant: Claimant) -> Decimal:
        return sum((item.owed for item in claimant.items.all()), Decimal())

    def pay(self, days: int, *, only: int | None = None) -> None:
        """Each claim of `plot.paid` arrives in full: entered by the clerk, verified by the handler."""
        payers = list(self.case.claimants.order_by("pk"))[: only or len(self.plot.paid)]
        shares = {one: self._owed(one) for one in payers}
        with self.at(days) as day:
            entry = self._enter(shares, day)
        with self.at(days + 1):
            money.verify(entry, by=self.handler)

    def _enter(self, shares: dict[Claimant, Decimal], day: date, note: str = "银行回单") -> money.Recovery:
        return money.enter(
            self.case,
            paid_on=day,
            amount=sum(shares.values(), Decimal()),
            channel=self.plot.channel,
            payer=self.plot.employer,
            allocations=shares,
            proof_note=note,
            by=self._clerk,
        )

    def correct(self, days: int) -> None:
        """A wrong entry, verified, then reversed by a counter-entry: it counts nothing in the end."""
        first = self.case.claimants.order_by("pk")[0]
        with self.at(days) as day:
            wrong = self._enter({first: self._owed(first) - 800}, day, "回单金额看错")
        with self.at(days + 1):
            money.verify(wrong, by=self.handler)
            counter = money.reverse(wrong, reason="金额录错，按回单更正", by=self._clerk)
        with self.at(days + 2):
            money.verify(counter, by=self.handler)

    def wait_for_verification(self, days: int) -> None:
        """Money entered but not verified yet: it counts nowhere."""
        last = self.case.claimants.order_by("-pk")[0]
        with self.at(days) as day:
            self._enter({last: Decimal("8000.00")}, day, "微信转账截图")

    def close(self, days: int) -> None:
        with self.at(days) as day:
            following.close(self.case, result="paid", closed_on=day, note="", by=self.handler)

    def archive(self, days: int) -> None:
        with self.at(days) as day:
            following.archive(
                self.case,
                archived_on=day,
                volume=f"民支-{day.year}-{self.plot.court_number}",
                pages=86,
                retention="永久",
                by=self._clerk,
            )

    def apply_for_enforcement(self, days: int) -> None:
        with self.at(days) as day:
            number = f"（{day.year}）内0902执{self.plot.court_number}号"
            following.apply(self.case, applied_on=day, court=COURT, court_number=number, by=self.handler)

    def follow_up(self, days: int) -> None:
        with self.at(days) as day:
            result = "已回访申请人，剩余款项约定年底前付清。"
            following.follow_up(self.case, kind="call_back", on=day, result=result, by=self.handler)
