"""Which pages a digest has, and what each is made from."""

from sitegen.pages.plan import plan

__all__ = ["plan"]
