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


def calendar_warning(today: date | None = None) -> str:
    """What the calendar lacks: this year, or next year when that is at most 60 days away."""
    day = today or clock.today()
    known = apps.get_model("deadlines", "Holiday").objects.calendar().years
    wanted = [day.year]
    if (date(day.year + 1, 1, 1) - day).days <= NOTICE_EXPECTED_DAYS:
        wanted.append(day.year + 1)
    missing = [str(year) for year in wanted if year not in known]
    if not missing:
        return ""
    return f"{'、'.join(missing)} 年节假日安排尚未录入，请管理员按国务院办公厅通知在“节假日”里录入。"
