"""What a partnership record is made of: roles, and dates of any precision."""

import calendar
import datetime
from collections.abc import Mapping
from typing import Any, Final

from geo.atlas.partnership_record import first_day

Record = Mapping[str, Any]

# Roles that only a member of a GHT can hold, and those that a member cannot.
MEMBER_ROLES: Final = ("support", "membre")
OUTSIDER_ROLES: Final = ("associe", "partenaire")
PRECISIONS: Final = {4: "year", 7: "month", 10: "day"}
STARTS: Final = ("announced", "signed", "in_force")


def precision_of(date: str) -> str:
    """Tell the precision of a date from its form: year, month or day."""
    return PRECISIONS[len(date)]


def year_of(date: str) -> int:
    """Read the year of a date, whatever its precision."""
    return int(date[:4])


def last_day(date: str) -> datetime.date:
    """Give the last day that a date may be."""
    first = first_day(date)
    month = first.month if len(date) > len("2018") else 12
    days = calendar.monthrange(first.year, month)[1]
    return first if precision_of(date) == "day" else datetime.date(first.year, month, days)
