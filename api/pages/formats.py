"""Dates, times and figures as pages show them: Chinese, in Shanghai's time."""

from datetime import date, datetime

from api.pages.language import CHINESE, current
from domain.calendar.due import SHANGHAI


def local_time(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).strftime("%H:%M:%S")


def local_instant(instant: datetime) -> str:
    """Date and time in Shanghai, to the second."""
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def short_instant(instant: datetime, today: date) -> str:
    """Only what ``today`` leaves open: the time, with the day, with the year."""
    local = instant.astimezone(SHANGHAI)
    if local.date() == today:
        return local.strftime("%H:%M:%S")
    is_this_year = local.year == today.year
    return local.strftime("%m-%d %H:%M" if is_this_year else "%Y-%m-%d %H:%M")


def local_day(day: date) -> str:
    """The day in words; in English as ISO 8601 writes it."""
    if current() != CHINESE:
        return day.isoformat()
    return f"{day.year}年{day.month}月{day.day}日"
