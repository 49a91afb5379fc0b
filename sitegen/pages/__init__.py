"""Which pages a digest has, and what each is made from."""

from sitegen.pages.draft import Draft
from sitegen.pages.machine import until
from sitegen.pages.mail import Letter, letter
from sitegen.pages.plan import outline, plan

__all__ = ["Draft", "Letter", "letter", "outline", "plan", "until"]
