"""The company's time: its zone, and the day it has there. What is dated begins and ends by it, at its midnight."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core import clock, settings


def zone() -> ZoneInfo:
    return ZoneInfo(str(settings.company("time_zone")))


def today() -> date:
    return day_of(clock.now())


def day_of(moment: datetime) -> date:
    return moment.astimezone(zone()).date()
