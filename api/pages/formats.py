"""Dates, times and figures as pages show them: Chinese, in Shanghai's time."""

from datetime import date, datetime

from domain.calendar.due import SHANGHAI


def local_time(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).strftime("%H:%M:%S")


def local_instant(instant: datetime) -> str:
    """Date and time in Shanghai, to the second."""
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def local_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
