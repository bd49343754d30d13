"""The facts that the events app tells, on commit. They carry ids; receivers read what they need."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SeriesChanged:
    """A series was opened, changed or split: its words, its dates or its audience."""

    series_id: str


@dataclass(frozen=True)
class OccurrenceChanged:
    """An occurrence changed: time, place, status, words, or what was written in it."""

    occurrence_id: int
    series_id: str


@dataclass(frozen=True)
class SeatTaken:
    """A person answered an invitation, or changed their answer."""

    seat_id: int
    occurrence_id: int
    by_id: int


@dataclass(frozen=True)
class SeatPromoted:
    """A person who waited has a seat."""

    seat_id: int
    occurrence_id: int


@dataclass(frozen=True)
class RoomChanged:
    """Something happened in a meeting's room: the change's number."""

    occurrence_id: int
    seq: int


@dataclass(frozen=True)
class PersonToTell:
    """A person is to be told something of an occurrence now; the row says what."""

    told_id: int


@dataclass(frozen=True)
class BlockDue:
    """What somebody took on in a meeting is due soon."""

    block_id: int
