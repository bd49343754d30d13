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
