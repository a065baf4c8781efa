"""Situations of a case. Traits write rows directly; journeys and demo data walk the real verbs instead."""

import io
from datetime import date, timedelta
from decimal import Decimal

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases.models import (
    Acceptance,
    AcceptanceReview,
    Arbitration,
    Case,
    Claimant,
    ClaimItem,
    Company,
    Consent,
    DateCorrection,
    Evidence,
    EvidenceFile,
    HintDismissal,
    Inquiry,
    LegalTrack,
    Limitation,
    LimitationEvent,
    Occurrence,
    Person,
    Project,
    Respondent,
    Review,
    ReviewCheck,
    Source,
    Subscription,
    Supplement,
)
from cases.workflow import Stage
from core import clock
from core.crypto import blind_index
from core.identity import birth_date, check_digit, sex
from documents.uploads import accept_upload
from tests.accounts.factories import UserFactory


def id_number(n: int, region: str = "150902") -> str:
    """A valid ID number of nobody, born 1980 or later, serial `n`. Factories use a region of their own."""
    born = date(1980, 1, 1) + timedelta(days=n % 7000)
    first17 = f"{region}{born:%Y%m%d}{n % 1000:03}"
    return first17 + check_digit(first17)


def _days_ago(n: int) -> factory.LazyFunction:
    return factory.LazyFunction(lambda: clock.today() - timedelta(days=n))


class PersonFactory(factory.django.DjangoModelFactory):
    """A worker of the office with a valid ID number; the same office has it once."""

    class Meta:
        model = Person

    organisation = factory.SelfAttribute("..organisation")
    name = factory.Sequence(lambda n: f"王{'建国秀英志强丽娟海龙'[n % 10]}{n}")
    id_number = factory.Sequence(lambda n: id_number(n, "152601"))
    id_index = factory.LazyAttribute(lambda o: blind_index("person.id", o.id_number))
    phone = factory.Sequence(lambda n: f"138{n:08}")
    phone_index = factory.LazyAttribute(lambda o: blind_index("person.phone", o.phone))
    sex = factory.LazyAttribute(lambda o: sex(o.id_number))
    born_on = factory.LazyAttribute(lambda o: birth_date(o.id_number))


class CompanyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Company

    organisation = factory.SelfAttribute("..organisation")
    name = factory.Sequence(lambda n: f"示例建设工程有限公司{n}")


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    organisation = factory.SelfAttribute("..organisation")
    name = factory.Sequence(lambda n: f"示例还建房{n}期")
    place = "白海子镇"


class ReviewFactory(factory.django.DjangoModelFactory):
    """审查 of a case; `ready` has everything that a support proposal asks of the review itself."""

    class Meta:
        model = Review

    class Params:
        ready = factory.Trait(
            legal_track=LegalTrack.SERVICE,
            track_reasons="包工头直接招用，按日计酬，没有劳动合同。",
            track_decided_by=factory.SelfAttribute("case.handler"),
            track_decided_at=factory.LazyFunction(clock.now),
            limitation_from=_days_ago(200),
            limitation_expires_on=factory.LazyFunction(lambda: clock.today() + timedelta(days=800)),
            limitation_note="自约定付款日的次日起算，未满三年。",
            limitation_checked_by=factory.SelfAttribute("case.handler"),
            limitation_checked_at=factory.LazyFunction(clock.now),
            facts_found="2025 年 4 月至 11 月在工地务工，工资未付。",
            evidence_opinion="工资表、考勤与陈述相互印证。",
            legal_opinion="付出劳动后依法享有取得报酬的权利。",
            necessity="收集证据、参加诉讼确有困难，本人自愿申请。",
        )

    case = factory.SubFactory("tests.cases.factories.CaseFactory")


class CaseFactory(factory.django.DjangoModelFactory):
    """申请登记 of a fresh office's prosecutor; the traits are stages."""

    class Meta:
        model = Case
        skip_postgeneration_save = True

    class Params:
        accepted = factory.Trait(
            accepted_on=_days_ago(5), official_number=factory.Sequence(lambda n: f"例检民支〔2026〕{n + 1}号")
        )
        review = factory.Trait(
            accepted=True, stage=Stage.REVIEW, review_row=factory.RelatedFactory(ReviewFactory, "case")
        )
        reviewed = factory.Trait(
            accepted=True,
            stage=Stage.REVIEW,
            intended_court="集宁区人民法院",
            cause="144",
            cause_name="劳务合同纠纷",
            review_row=factory.RelatedFactory(ReviewFactory, "case", ready=True),
        )
        approval = factory.Trait(reviewed=True, stage=Stage.APPROVAL)
        supported = factory.Trait(reviewed=True, stage=Stage.SUPPORTED, decided_on=_days_ago(2))
        filed = factory.Trait(reviewed=True, stage=Stage.FILED, decided_on=_days_ago(2))
        trial = factory.Trait(reviewed=True, stage=Stage.TRIAL, decided_on=_days_ago(2))
        enforcement = factory.Trait(reviewed=True, stage=Stage.ENFORCEMENT, decided_on=_days_ago(2))
        closed = factory.Trait(
            reviewed=True, stage=Stage.CLOSED, decided_on=_days_ago(2), closed_on=_days_ago(1)
        )

    handler = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("handler.organisation")
    created_by = factory.SelfAttribute("handler")
    code = factory.Sequence(lambda n: f"990000-2026-{n + 1:04}")
    title = "王建国等 2 人诉示例建设工程有限公司追索劳动报酬纠纷"
    source = Source.WALK_IN
    received_on = _days_ago(6)
    facts = "2025 年 4 月至 11 月务工，工资未付。"


class ClaimantFactory(factory.django.DjangoModelFactory):
    """申请人 who has signed, with one claim item: `claim="12000.00"` yuan."""

    class Meta:
        model = Claimant
        skip_postgeneration_save = True

    case = factory.SubFactory(CaseFactory)
    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..case.organisation"))
    job = "木工"
    worked_from = date(2025, 4, 1)
    worked_to = date(2025, 11, 30)
    recorded_by = factory.SelfAttribute("case.handler")

    @factory.post_generation
    def signed(self, create, extracted, **kwargs):
        if create and extracted is not False:
            Consent.objects.create(
                claimant=self,
                kind=Consent.Kind.SIGNED,
                given_on=self.case.received_on,
                recorded_by=self.recorded_by,
            )

    @factory.post_generation
    def claim(self, create, extracted, **kwargs):
        if create and extracted is not False:
            due = Decimal(extracted or "10000.00")
            ClaimItem.objects.create(claimant=self, due=due, recorded_by=self.recorded_by)


class RespondentFactory(factory.django.DjangoModelFactory):
    """被申请人: a company, listed as defendant."""

    class Meta:
        model = Respondent

    case = factory.SubFactory(CaseFactory)
    company = factory.SubFactory(CompanyFactory, organisation=factory.SelfAttribute("..case.organisation"))
    position = Respondent.Position.EMPLOYER
    recorded_by = factory.SelfAttribute("case.handler")


class EvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evidence

    case = factory.SubFactory(CaseFactory)
    kind = Evidence.Kind.IOU
    form = Evidence.Form.DOCUMENTARY
    origin = Evidence.Origin.APPLICANT
    name = "工资欠条"
    proves = "欠付工资的数额"
    recorded_by = factory.SelfAttribute("case.handler")


class EvidenceFileFactory(factory.django.DjangoModelFactory):
    """A file that is really there, taken in by the one door for uploads."""

    class Meta:
        model = EvidenceFile

    evidence = factory.SubFactory(EvidenceFactory)
    recorded_by = factory.SelfAttribute("evidence.recorded_by")
    attachment = factory.LazyAttribute(
        lambda o: accept_upload(picture(), organisation=o.evidence.case.organisation, by=o.recorded_by)
    )


def picture(name="欠条.png"):
    """A small PNG as a browser would send it."""
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


class AcceptanceReviewFactory(factory.django.DjangoModelFactory):
    """受理审查 by the handler, who proposes to accept."""

    class Meta:
        model = AcceptanceReview

    case = factory.SubFactory(CaseFactory)
    in_scope = right_holder = clear_respondent = jurisdiction = "yes"
    voluntary = weak_ability = other_relief = not_in_court = "yes"
    proposal = AcceptanceReview.Proposal.ACCEPT
    opinion = "符合受理条件。"
    examined_on = _days_ago(3)
    recorded_by = factory.SelfAttribute("case.handler")


class AcceptanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Acceptance

    case = factory.SubFactory(CaseFactory, accepted=True)
    outcome = Acceptance.Outcome.ACCEPTED
    decided_on = _days_ago(2)
    examined_by = factory.SelfAttribute("case.handler")
    recorded_by = factory.SubFactory(UserFactory)


class SupplementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Supplement

    case = factory.SubFactory(CaseFactory)
    items = "身份证复印件"
    due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=7))
    recorded_by = factory.SelfAttribute("case.handler")


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent

    claimant = factory.SubFactory(ClaimantFactory, signed=False)
    kind = Consent.Kind.SIGNED
    given_on = _days_ago(1)
    recorded_by = factory.SelfAttribute("claimant.recorded_by")


class ClaimItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClaimItem

    claimant = factory.SubFactory(ClaimantFactory, claim=False)
    due = Decimal("10000.00")
    recorded_by = factory.SelfAttribute("claimant.recorded_by")


class ReviewCheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewCheck

    review = factory.SubFactory(ReviewFactory)
    question = "right_plaintiff"
    answer = "yes"
    recorded_by = factory.SelfAttribute("review.case.handler")


class LimitationFactory(factory.django.DjangoModelFactory):
    """时效 without a base day: what stands there is to be found out."""

    class Meta:
        model = Limitation

    case = factory.SubFactory(CaseFactory)
    kind = Limitation.Kind.WAGE
    recorded_by = factory.SelfAttribute("case.handler")


class LimitationEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LimitationEvent

    case = factory.SubFactory(CaseFactory)
    kind = LimitationEvent.Kind.DEMAND
    on = _days_ago(100)
    evidence = "微信催要记录"
    recorded_by = factory.SelfAttribute("case.handler")


class HintDismissalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HintDismissal

    case = factory.SubFactory(CaseFactory)
    source = "occurrence-1"
    label = "向有关部门请求救济（向劳动监察投诉）"
    on = _days_ago(100)
    reason = "投诉的是另一工程的欠薪"
    dismissed_by = factory.SelfAttribute("case.handler")


class InquiryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Inquiry

    case = factory.SubFactory(CaseFactory, review=True)
    kind = Inquiry.Kind.INTERVIEW
    on = _days_ago(1)
    target = "被申请人"
    investigators = "李检察官、王助理"
    findings = "承认欠款。"
    recorded_by = factory.SelfAttribute("case.handler")


class ArbitrationFactory(factory.django.DjangoModelFactory):
    """劳动仲裁, not decided yet."""

    class Meta:
        model = Arbitration

    case = factory.SubFactory(CaseFactory, review=True)
    board = "集宁区劳动人事争议仲裁委员会"
    applied_on = _days_ago(40)
    recorded_by = factory.SelfAttribute("case.handler")


class OccurrenceFactory(factory.django.DjangoModelFactory):
    """程序事件: the labour inspection took the matter up."""

    class Meta:
        model = Occurrence

    case = factory.SubFactory(CaseFactory, review=True)
    kind = "inspection_opened"
    on = _days_ago(5)
    recorded_by = factory.SelfAttribute("case.handler")


class SubscriptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subscription

    class Params:
        muted = factory.Trait(followed_at=None, muted_at=factory.LazyFunction(clock.now))

    case = factory.SubFactory(CaseFactory)
    user = factory.SubFactory(UserFactory, organisation=factory.SelfAttribute("..case.organisation"))
    followed_at = factory.LazyFunction(clock.now)


class DateCorrectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DateCorrection

    case = factory.SubFactory(CaseFactory)
    what = "received_on"
    label = "收到日期"
    old = _days_ago(10)
    new = _days_ago(9)
    reason = "登记表上的日期是次日"
    corrected_by = factory.SelfAttribute("case.handler")


def case_of_office(cast, **traits) -> Case:
    """A case of the cast's office, handled by `prosecutor`, with two claimants and a defendant."""
    case = CaseFactory(handler=cast.prosecutor, **traits)
    ClaimantFactory(case=case, claim="12000.00")
    ClaimantFactory(case=case, claim="8000.00")
    RespondentFactory(case=case)
    return case
