from datetime import date
from decimal import Decimal

import factory

from cases.paperwork.decisions_support import SUPPORT_LETTER, SupportLetter
from cases.paperwork.rows import Party, Worker
from documents import text, wordings
from documents.facts import to_json
from documents.models import (
    Addressee,
    Attachment,
    Document,
    Issue,
    Number,
    NumberSeries,
    Rendition,
    Service,
    Version,
)
from tests.accounts.factories import OrganisationFactory, UserFactory


def letter_facts(workers: int = 1, **changes: object) -> SupportLetter:
    """A full 支持起诉书; names, numbers and places are made up."""
    names = ["王建国", "巴特尔·孟和", "李㛃䶮", *(f"示例{n}" for n in range(3, workers))][:workers]
    facts = {
        "office": "集宁区人民检察院",
        "court": "集宁区人民法院",
        "workers": tuple(_worker(name, n) for n, name in enumerate(names)),
        "respondents": (
            Party(
                name="示例建设工程有限公司",
                address="示例区建设路1号",
                uscc="91150902MA0EXAMPLE",
                representative="赵六",
            ),
        ),
        "origin": "申请人于2026年11月14日向本院申请支持起诉，本院于2026年11月16日受理。",
        "found": "2025年4月至11月，申请人在农村还建房二期工程从事木工、钢筋工等劳务。\n工程结束后，经多次催要未付。",
        "evidence": "以上事实，有考勤表、工资欠条、证人证言等证据证实。",
        "opinion": "申请人付出劳动后，依法享有取得劳动报酬的权利。申请人收集证据、参加诉讼确有困难。",
        "enclosures": ("支持起诉申请书1份", "民事起诉状1份", "证据目录1册"),
    }
    return SupportLetter(**(facts | changes))


def letter_body(workers: int = 1, **changes: object) -> str:
    """The text of that letter, in the words that we ship."""
    return wordings.composed(
        wordings.shipped(SUPPORT_LETTER.template), "支持起诉书", letter_facts(workers, **changes)
    )


def _worker(name: str, n: int) -> Worker:
    return Worker(
        name=name,
        sex="男",
        born=date(1985, 3, 2),
        ethnicity="蒙古族",
        address=f"示例旗示例镇{n + 1}号",
        id_number=f"15090219850302{n:04}",
        phone=f"1380000{n:04}",
        period="2025年4月至2025年11月",
        due=Decimal("28000.00"),
        paid=Decimal("1000.00"),
        owed=Decimal("27000.00"),
    )


class NumberSeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NumberSeries

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "case"
    year = factory.Sequence(lambda n: 2026 + n)


class NumberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Number

    series = factory.SubFactory(NumberSeriesFactory)
    seq = factory.Sequence(lambda n: n + 1)
    text = factory.LazyAttribute(lambda o: f"例检民支〔{o.series.year}〕{o.seq}号")
    taken_by = factory.SubFactory(UserFactory)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    organisation = factory.SubFactory(OrganisationFactory)
    kind = SUPPORT_LETTER.key
    title = SUPPORT_LETTER.default_title
    created_by = factory.SubFactory(UserFactory, organisation=factory.SelfAttribute("..organisation"))


class VersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Version
        exclude = ["facts"]

    document = factory.SubFactory(DocumentFactory)
    n = 1
    facts = factory.LazyFunction(letter_facts)
    facts_json = factory.LazyAttribute(lambda o: to_json(o.facts))
    body = factory.LazyAttribute(
        lambda o: wordings.composed(wordings.shipped(SUPPORT_LETTER.template), "支持起诉书", o.facts)
    )
    template_version = SUPPORT_LETTER.template_version
    content_hash = factory.LazyAttribute(lambda o: text.digest(o.facts_json, o.body, o.template_version))
    made_by = factory.SelfAttribute("document.created_by")


class RenditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rendition

    version = factory.SubFactory(VersionFactory)


class IssueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Issue

    version = factory.SubFactory(VersionFactory)
    document = factory.SelfAttribute("version.document")
    number = "例检民支〔2026〕1号"
    issued_on = date(2026, 11, 25)
    issued_by = factory.SelfAttribute("document.created_by")


class AttachmentFactory(factory.django.DjangoModelFactory):
    """A row only; tests that read the file upload one."""

    class Meta:
        model = Attachment

    organisation = factory.SubFactory(OrganisationFactory)
    name = "工资欠条.pdf"
    content_type = "application/pdf"
    size = 1
    sha256 = "0" * 64
    file = factory.Sequence(lambda n: f"attachments/00/{n}.pdf")
    uploaded_by = factory.SubFactory(UserFactory, organisation=factory.SelfAttribute("..organisation"))


class AddresseeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Addressee

    document = factory.SubFactory(DocumentFactory)
    whom = Addressee.Whom.COURT
    name = "集宁区人民法院"
    added_by = factory.SelfAttribute("document.created_by")


class ServiceFactory(factory.django.DjangoModelFactory):
    """One try that is under way."""

    class Meta:
        model = Service

    to = factory.SubFactory(AddresseeFactory)
    means = Service.Means.POST
    sent_on = date(2026, 11, 26)
    tracking_number = "1234567890123"
    recorded_by = factory.SelfAttribute("to.added_by")
