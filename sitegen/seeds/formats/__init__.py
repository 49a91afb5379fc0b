"""News formats: IPTC ninjs and schema.org NewsArticle."""
