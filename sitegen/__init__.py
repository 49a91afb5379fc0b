"""sitegen: a static site generator for curated news digests."""

__version__ = "0.1.0"
CONFIG_FILE = "sitegen.yaml"  # the folder that holds one is a digest
