"""What an editor writes: found, checked, and what of it is public at one instant."""

from sitegen.content.addresses import remember as remember_addresses
from sitegen.content.load import Content, load
from sitegen.content.publish import state, turn

__all__ = ["Content", "load", "remember_addresses", "state", "turn"]
