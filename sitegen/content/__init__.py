"""What an editor writes: found, checked, and what of it is public at one instant."""

from sitegen.content.load import Content, load, new_addresses, remember_addresses
from sitegen.content.publish import next_change, state

__all__ = ["Content", "load", "new_addresses", "next_change", "remember_addresses", "state"]
