"""线索, 申请登记 and 受理 of one plot."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from cases.intake import actions as intake
from cases.intake import claims
from cases.intake.forms import CONDITIONS
from cases.models import Case, Consent, Evidence
from cases.review import evidence
from cases.service.outside import serve
from core import clock
from dashboard.demo.stride import SERVICE_CAUSE, Stride
from referrals.facts import ReferralFacts, WorkerFacts
from referrals.intake.actions import submit
from referrals.models import Referral
from referrals.triage.actions import feed_back
from referrals.triage.convert import convert


class Arriving(Stride):
    """From the partner's referral to acceptance."""

    def refer(self) -> Referral:
        """移送 by the partner, or registration of a walk-in by the clerk."""
        unit = self.people[self.plot.sender].organisation if self.plot.sender else None
        by = self.people[self.plot.sender] if self.plot.sender else self.clerk
        with self.at(0, 9):
            return submit(self.office, facts=self._facts(), unit=unit, by=by)

    def _facts(self) -> ReferralFacts:
        plot = self.plot
        end = self.first_day - timedelta(days=plot.worked_until)
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
            source=plot.source,
        )

    def register(self) -> Case:
        """接收并转为申请, then consent, evidence and 受理审查."""
        referral = self.refer()
        with self.at(1):
            by = self.clerk
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
            answers: dict[str, Any] = dict.fromkeys(CONDITIONS, "yes") | (
                {"clear_respondent": "no"} if ground else {}
            )
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
            self.tell_sender("已受理，承办人会联系当事人。")
        with self.at(3) as day:
            serve(
                self.case,
                paper="acceptance",
                addressee="申请人",
                means="direct",
                served_on=day,
                by=self.clerk,
            )

    def reject(self) -> None:
        with self.at(3) as day:
            intake.reject(
                self.case,
                ground="no_respondent",
                advice="可向劳动保障监察机构投诉，查明用工主体后重新申请。",
                decided_on=day,
                by=self.head,
            )
            self.tell_sender("不予受理，已告知当事人其他途径。")

    def tell_sender(self, text: str) -> None:
        """反馈 to the partner, if one sent the lead."""
        if self.plot.sender:
            feed_back(self.case.referral, text=text, by=self.clerk)
