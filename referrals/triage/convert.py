"""转为申请 (L3): a lead becomes a case. Everything is copied once; the lead stays as it was submitted."""

from django.db import transaction

from accounts.models import User
from cases import journal as case_journal
from cases.intake.facts import CaseFacts, ClaimantFacts, PersonFacts, RespondentFacts
from cases.intake.register import register
from cases.models import Case, Evidence, EvidenceFile
from cases.workflow import Act as CaseAct
from core import clock
from core.refusals import Refused
from referrals import clocks, journal, policy
from referrals.models import Referral
from referrals.workflow import Act

Kind, Form = Evidence.Kind, Evidence.Form
FORMS = {
    Kind.CHAT: Form.ELECTRONIC,
    Kind.TRANSFER_RECORD: Form.ELECTRONIC,
    Kind.RECORDING: Form.AUDIOVISUAL,
    Kind.SITE_PHOTO: Form.AUDIOVISUAL,
    Kind.WITNESS: Form.TESTIMONY,
}
PROVES = {
    Kind.IOU: "欠付工资的数额",
    Kind.PAYROLL: "应付工资及发放情况",
    Kind.ATTENDANCE: "务工时间和出勤",
    Kind.CHAT: "用工关系及催要经过",
    Kind.CONTRACT: "用工关系和约定的报酬",
    Kind.IDENTITY: "申请人的身份",
}
WAGE_CAUSE = "205.5"


@transaction.atomic
def convert(
    referral: Referral, *, handler: User, by: User, cause: str = WAGE_CAUSE, version: int | None = None
) -> Case:
    """接收并转为申请: registers the case in stage 申请登记 with persons, claims, respondent and evidence; meets P1."""
    referral = Referral.objects.lock(referral)
    journal.check_version(referral, version)
    if reason := policy.why_not_triage(referral, by, Act.CONVERT):
        raise Refused(reason)
    if not User.objects.handlers_of(referral.organisation).filter(pk=handler.pk).exists():
        raise Refused("承办人要是本院在岗的检察官，请在列表里选一位。")
    case = register(referral.organisation, facts=case_facts(referral, cause), handler=handler, by=by)
    copy_material(referral, case, by=by)
    clocks.meet(referral, clocks.RECEIPT, on=clock.today(), by=by)
    clocks.cancel(referral, clocks.SUPPLEMENT, by=by, reason="线索已接收")
    referral.case, referral.handler = case, handler
    journal.move(referral, Act.CONVERT, by=by)
    return case


def case_facts(referral: Referral, cause: str) -> CaseFacts:
    """申请登记 from a lead: where it came from, what it is about, who claims what of whom."""
    assert referral.received_on is not None, "a draft cannot be converted"
    return CaseFacts(
        received_on=referral.received_on,
        source=referral.source,
        source_unit=referral.unit,
        source_number=referral.code,
        cause=cause,
        project_name=referral.project_name,
        project_place=referral.project_place,
        region_code=referral.region_code,
        facts=referral.facts,
        request=referral.request,
        green_channel=referral.green_channel,
        claimants=claimants(referral),
        respondents=[respondent(referral)],
    )


def claimants(referral: Referral) -> list[ClaimantFacts]:
    """申请人: the sum owed (yuan) becomes the first claim item; consent to apply is asked by the handler."""
    return [
        ClaimantFacts(
            person=PersonFacts(name=worker.name, id_number=worker.id_number, phone=worker.phone),
            due=worker.owed,
            job=worker.job,
            worked_from=worker.worked_from or referral.worked_from,
            worked_to=worker.worked_to or referral.worked_to,
            wage_standard=referral.wage_standard,
            remark=worker.remark,
        )
        for worker in referral.workers.all()
    ]


def respondent(referral: Referral) -> RespondentFacts:
    return RespondentFacts(
        name=referral.employer_name,
        is_company=referral.employer_kind == Referral.EmployerKind.COMPANY,
        uscc=referral.employer_uscc,
        legal_representative=referral.employer_legal_representative,
        address=referral.employer_address,
        phone=referral.employer_phone,
        position=referral.employer_position,
    )


def copy_material(referral: Referral, case: Case, *, by: User) -> None:
    """Each attachment becomes one item of evidence of origin 移送; the file itself is kept once."""
    links = referral.attachments.filter(removed_at=None).select_related("attachment")
    for link in links:
        kind = Kind(link.kind)
        evidence = Evidence.objects.create(
            case=case,
            kind=kind,
            form=FORMS.get(kind, Form.DOCUMENTARY),
            origin=Evidence.Origin.REFERRED,
            name=link.attachment.name,
            proves=PROVES.get(kind, "移送材料，证明目的由承办人补充"),
            recorded_by=by,
        )
        EvidenceFile.objects.create(evidence=evidence, attachment=link.attachment, recorded_by=by)
    if links:
        case_journal.note(case, CaseAct.EVIDENCE, by=by, text=f"随线索移送材料 {len(links)} 件")
