"""What an editor writes: found, checked, and what of it is public at one instant."""

from sitegen.content.addresses import forget as forget_addresses
from sitegen.content.addresses import read as addresses_of
from sitegen.content.addresses import remember as remember_addresses
from sitegen.content.kept import Kept
from sitegen.content.load import Content, load
from sitegen.content.publish import state, turn

__all__ = [
    "Content",
    "Kept",
    "addresses_of",
    "forget_addresses",
    "load",
    "remember_addresses",
    "state",
    "turn",
]
