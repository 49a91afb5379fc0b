"""Pictures: which files they are, how large, and the forms in which pages load them; and the cards that stand
for pages where their links are shared.

header   the first bytes of a file → format and size; no library
place    an address in a text → the file that it means
look     a file → its hash and header, remembered
derive   bytes → smaller, in modern formats, upright; the extra `images`
forms    every form of every picture, once, on all cores
gallery  a site → the same with its pictures
again    the same after edits of a few articles
fonts    the faces that cards are set in
card     the words of a card → its picture
"""

from sitegen.pictures.again import hang_again
from sitegen.pictures.card import draw as draw_card
from sitegen.pictures.card import drawable
from sitegen.pictures.card import key as card_key
from sitegen.pictures.fonts import version as card_fonts
from sitegen.pictures.gallery import Hung, hang, wrong

__all__ = ["Hung", "card_fonts", "card_key", "draw_card", "drawable", "hang", "hang_again", "wrong"]
