"""Which pages a digest has, and what each is made from."""

from sitegen.pages.draft import Draft
from sitegen.pages.machine import until
from sitegen.pages.mail import Letter, letter
from sitegen.pages.plan import Outline, outline, plan

__all__ = ["Draft", "Letter", "Outline", "letter", "outline", "plan", "until"]
