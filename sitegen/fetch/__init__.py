"""The only room with a network: feeds into seeds, pages by their address, links of the published site.

addresses  which addresses may be asked, and at which numbers they stand
wire       one request, with a limit on everything: time, size, headers
client     requests in turn: one at a time per host, redirects, waits that were asked for
feeds      the bytes of RSS, Atom or JSON Feed → items
seed       an item or a page → the name and the bytes of a seed
ledger     what has been fetched, for good (seeds/.fetched); what may be forgotten (.sitegen/)
fetch      the feeds of the configuration → new seeds
add        a file, standard input or an address → one seed
links      do the links of the site that lead elsewhere still lead anywhere?
"""

from sitegen.fetch.add import Wish, add
from sitegen.fetch.client import Client, client_for
from sitegen.fetch.fetch import FeedReport, fetch
from sitegen.fetch.links import broken

__all__ = ["Client", "FeedReport", "Wish", "add", "broken", "client_for", "fetch"]
