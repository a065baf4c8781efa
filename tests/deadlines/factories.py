from datetime import date

import factory

from deadlines import clocks
from deadlines.models import (
    CalendarFeed,
    Confidence,
    Deadline,
    DeadlineCorrection,
    DeadlineExtension,
    DeadlineHandOver,
    DeadlinePause,
    DeadlineRecount,
    DeadlineReopening,
    ForeseenChange,
    Holiday,
    HolidayChange,
    Kind,
    Recount,
    RecountHearer,
    RecountList,
    Reminder,
    Task,
    TaskChange,
    TaskHandOver,
    Term,
    TermChange,
    Urge,
    Watcher,
)
from jobs.models import Job
from tests.accounts.factories import OrganisationFactory, UserFactory

AUGUST = date(2026, 8, 3)


class HolidayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Holiday

    day = factory.Sequence(lambda n: date(2028 + n, 10, 1))
    kind = Holiday.Kind.OFF
    name = "国庆节"


class TermFactory(factory.django.DjangoModelFactory):
    """An office's own rule of ten days."""

    class Meta:
        model = Term

    code = factory.Sequence(lambda n: f"T{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    name = "示例期限"
    trigger = "示例事件"
    length = 10
    kind = Kind.INTERNAL
    basis = "示例依据"
    confidence = Confidence.UNSURE


class DeadlineFactory(factory.django.DjangoModelFactory):
    """A review clock of 15 days from Monday 2026-08-03, by the real verb: due 2026-08-18."""

    class Meta:
        model = Deadline

    code = "P6a"
    organisation = factory.SelfAttribute("responsible.organisation")
    responsible = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"2026-{n:04} 审查期限")
    owner_url = factory.Sequence(lambda n: f"/cases/990000-2026-{n:04}/")
    starts_on = AUGUST
    by = factory.SelfAttribute("responsible")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return clocks.start(kwargs.pop("code"), **kwargs)


class DeadlinePauseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeadlinePause

    deadline = factory.SubFactory(DeadlineFactory)
    seq = 1
    paused_on = date(2026, 8, 10)
    reason = "等待鉴定结论"
    paused_by = factory.SelfAttribute("deadline.responsible")


class DeadlineExtensionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeadlineExtension

    deadline = factory.SubFactory(DeadlineFactory)
    seq = 1
    days = 15
    reason = "需要调取工资台账"
    extended_by = factory.SelfAttribute("deadline.responsible")


class DeadlineHandOverFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeadlineHandOver

    deadline = factory.SubFactory(DeadlineFactory)
    giver = factory.SelfAttribute("deadline.responsible")
    taker = factory.SubFactory(UserFactory)
    handed_by = factory.SelfAttribute("giver")


class ReminderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reminder

    deadline = factory.SubFactory(DeadlineFactory)
    stage = "d0"
    to = factory.LazyFunction(lambda: ["responsible"])
    due_on = factory.SelfAttribute("deadline.due_on")
    planned_on = factory.SelfAttribute("due_on")


class TaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Task

    assigned_to = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("assigned_to.organisation")
    title = "整理卷宗"
    created_by = factory.SelfAttribute("assigned_to")


class DeadlineCorrectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeadlineCorrection

    deadline = factory.SubFactory(DeadlineFactory)
    old_start = factory.SelfAttribute("deadline.starts_on")
    new_start = date(2026, 8, 5)
    old_due = factory.SelfAttribute("deadline.due_on")
    new_due = date(2026, 8, 20)
    reason = "受理日期登记错了"
    corrected_by = factory.SelfAttribute("deadline.responsible")


class DeadlineReopeningFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeadlineReopening

    deadline = factory.SubFactory(DeadlineFactory)
    was_met_on = date(2026, 8, 10)
    reopened_by = factory.SelfAttribute("deadline.responsible")


class TermChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TermChange

    term = factory.SubFactory(TermFactory)
    version = 2
    before = factory.LazyFunction(lambda: {"length": 10})
    after = factory.LazyFunction(lambda: {"length": 12})
    reason = "检委会会议纪要"
    changed_by = factory.SubFactory(UserFactory)


class HolidayChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HolidayChange

    year = 2027
    notice = "国办发明电〔2026〕7号"
    added = factory.LazyFunction(lambda: [["2027-01-01", "off", "元旦"]])
    changed_by = factory.SubFactory(UserFactory)


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    kind = "deadline-recount"
    requested_by = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("requested_by.organisation")
    total = 1


class RecountFactory(factory.django.DjangoModelFactory):
    """A recount of one office's rules that nobody has begun."""

    class Meta:
        model = Recount

    requested_by = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("requested_by.organisation")
    cause = Recount.Cause.TERM
    reason = "检委会会议纪要"
    basis = "0" * 64
    job = factory.SubFactory(JobFactory, requested_by=factory.SelfAttribute("..requested_by"))


class RecountListFactory(factory.django.DjangoModelFactory):
    """A list of what would change, asked for and not yet begun."""

    class Meta:
        model = RecountList

    requested_by = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("requested_by.organisation")
    cause = Recount.Cause.TERM
    basis = "0" * 64
    job = factory.SubFactory(JobFactory, requested_by=factory.SelfAttribute("..requested_by"))


class DeadlineRecountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeadlineRecount

    recount = factory.SubFactory(RecountFactory)
    deadline = factory.SubFactory(DeadlineFactory)
    old_due = date(2026, 8, 18)
    new_due = date(2026, 8, 24)
    old_basis = "P6a 第 1 版"
    new_basis = "P6a 第 2 版"


class RecountHearerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RecountHearer

    line = factory.SubFactory(DeadlineRecountFactory)
    user = factory.SelfAttribute("line.deadline.responsible")


class ForeseenChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ForeseenChange

    list = factory.SubFactory(RecountListFactory)
    deadline = factory.SubFactory(DeadlineFactory)
    organisation = factory.SelfAttribute("deadline.organisation")
    old_due = date(2026, 8, 18)
    new_due = date(2026, 8, 24)


class TaskChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TaskChange

    task = factory.SubFactory(TaskFactory)
    new_due = date(2026, 8, 24)
    reason = "等待材料"
    changed_by = factory.SelfAttribute("task.assigned_to")


class UrgeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Urge

    deadline = factory.SubFactory(DeadlineFactory)
    urged = factory.SelfAttribute("deadline.responsible")
    urged_by = factory.SubFactory(UserFactory)


class WatcherFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Watcher

    deadline = factory.SubFactory(DeadlineFactory)
    user = factory.SubFactory(UserFactory)
    added_by = factory.SelfAttribute("deadline.responsible")


class CalendarFeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalendarFeed

    user = factory.SubFactory(UserFactory)
    name = "办公电脑"
    token_digest = factory.Sequence(lambda n: f"{n:064}")


class TaskHandOverFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TaskHandOver

    task = factory.SubFactory(TaskFactory)
    giver = factory.SelfAttribute("task.assigned_to")
    taker = factory.SubFactory(UserFactory)
    reason = "外出培训"
    handed_by = factory.SelfAttribute("giver")
