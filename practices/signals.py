"""The facts that the practices app tells, on commit. They carry ids; receivers read what they need."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SheetChanged:
    """A sheet's published face, state or audience may have changed: whoever keeps a copy reads it again."""

    sheet_id: str


@dataclass(frozen=True)
class SheetDecided:
    """A sheet moved from one editorial state to another."""

    sheet_id: str
    decision_id: int
    by_id: int | None


@dataclass(frozen=True)
class AuthorInvited:
    """A person was asked to write a sheet with its authors."""

    invitation_id: int
    sheet_id: str
    by_id: int


@dataclass(frozen=True)
class VersionPublished:
    """Readers see a new version."""

    sheet_id: str
    version_id: int
    by_id: int | None


@dataclass(frozen=True)
class ChangeProposed:
    """A reader proposed a change."""

    proposal_id: int
    sheet_id: str
    by_id: int


@dataclass(frozen=True)
class ProposalDecided:
    """An author merged or declined a proposed change."""

    proposal_id: int
    sheet_id: str
    by_id: int


@dataclass(frozen=True)
class TrialAdded:
    """A house tried a sheet."""

    trial_id: int
    sheet_id: str
    by_id: int


@dataclass(frozen=True)
class SheetRated:
    """A person rated a sheet, for the first time or again."""

    sheet_id: str
    by_id: int


@dataclass(frozen=True)
class CollectionChanged:
    """A collection, its items or its audience changed."""

    collection_id: int


@dataclass(frozen=True)
class SheetsCollected:
    """A collection holds sheets that it did not hold."""

    collection_id: int
    by_id: int


@dataclass(frozen=True)
class SearchFoundNew:
    """A saved search finds sheets that its owner was not told of; `count` of them came since the owner looked."""

    saved_id: int
    count: int


@dataclass(frozen=True)
class TermMerged:
    """A glossary term is about to be removed: what bore it bears another one."""

    term_id: int
    into_id: int


@dataclass(frozen=True)
class TermChanged:
    """A glossary term was added, changed or merged away."""

    term_id: int
