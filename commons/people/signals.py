"""The facts that the people app tells, on commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MembershipChanged:
    """A person joined, left, or changed role in a network: what they may read may have changed."""

    user_id: int
    network_id: int


@dataclass(frozen=True)
class InstitutionChanged:
    """A house was added or its facts changed."""

    institution_id: int


@dataclass(frozen=True)
class NetworkChanged:
    """A network was added or its presentation changed."""

    network_id: int


@dataclass(frozen=True)
class ProfileChanged:
    """A person changed what others see of them."""

    user_id: int


@dataclass(frozen=True)
class ExportAsked:
    """A person wants a copy of all that is theirs."""

    export_id: int


@dataclass(frozen=True)
class ErasureAsked:
    """A person leaves; `is_due` when they chose not to wait."""

    user_id: int
    is_due: bool


@dataclass(frozen=True)
class TextsWrittenOver:
    """A name was written over in some rows of a table (`practices.Version`): what shows them is another text now."""

    table: str
    ids: tuple[object, ...]


@dataclass(frozen=True)
class PersonErased:
    """An account is no more: whoever keeps something of it lets go."""

    user_id: int
