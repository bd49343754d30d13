"""The facts that moderation tells, on commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportAdded:
    """Somebody reported something."""

    report_id: int


@dataclass(frozen=True)
class ReportClosed:
    """A report was resolved or rejected: whoever reported may be told."""

    report_id: int
    by_id: int


@dataclass(frozen=True)
class SanctionImposed:
    """Something was decided about a person."""

    sanction_id: int
    user_id: int


@dataclass(frozen=True)
class SanctionLifted:
    """It is over before its time."""

    sanction_id: int
    user_id: int
