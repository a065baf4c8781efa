"""Reference data of the clock: the shipped periods and holidays. Safe to run as often as one likes."""

from datetime import date

from chinese_calendar import constants
from django.apps import apps
from django.apps.registry import Apps

from core import clock
from deadlines.periods import PERIODS

FIRST_YEAR = 2020
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
NOTICE_EXPECTED_DAYS = 60


def seed_reference(registry: Apps = apps) -> None:
    """Insert what is missing. Rows that an office has changed, or entered itself, stay as they are."""
    seed_terms(registry)
    seed_holidays(registry)


def seed_terms(registry: Apps = apps) -> None:
    """Columns that the table does not have yet are left out: an old migration may ask with an old model."""
    term = registry.get_model("deadlines", "Term")
    present = set(term.objects.filter(organisation=None).values_list("code", flat=True))
    known = {field.name for field in term._meta.get_fields()}
    rows = [row.columns() for row in PERIODS if row.code not in present]
    term.objects.bulk_create(term(**{name: row[name] for name in row.keys() & known}) for row in rows)


def seed_holidays(registry: Apps = apps) -> None:
    """国务院办公厅 notices 2020–2026, as chinesecalendar carries them."""
    holiday = registry.get_model("deadlines", "Holiday")
    days = [(day, "off", name) for day, name in constants.holidays.items()]
    days += [(day, "work", name) for day, name in constants.workdays.items()]
    holiday.objects.bulk_create(
        (holiday(day=day, kind=kind, name=NAMES[name]) for day, kind, name in days if day.year >= FIRST_YEAR),
        ignore_conflicts=True,
    )


def missing_years(today: date | None = None) -> list[int]:
    """The years that the calendar lacks: this one, and the next when it is at most 60 days away."""
    day = today or clock.today()
    known = apps.get_model("deadlines", "Holiday").objects.calendar().years
    wanted = [day.year]
    if (date(day.year + 1, 1, 1) - day).days <= NOTICE_EXPECTED_DAYS:
        wanted.append(day.year + 1)
    return [year for year in wanted if year not in known]


def calendar_warning(today: date | None = None) -> str:
    """What the calendar lacks, in one sentence; empty when nothing is missing."""
    return _sentence(missing_years(today))


def calendar_probe() -> str:
    """就绪检查: bad news only when this year is missing, for then days are wrong already."""
    return _sentence([year for year in missing_years() if year == clock.today().year])


def _sentence(missing: list[int]) -> str:
    if not missing:
        return ""
    years = "、".join(map(str, missing))
    return f"{years} 年节假日安排尚未录入，请管理员按国务院办公厅通知在“节假日”里录入。"
