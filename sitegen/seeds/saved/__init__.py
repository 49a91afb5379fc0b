"""The article in a saved web page, and what the page says of itself."""
