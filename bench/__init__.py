"""How fast sitegen is, beside other generators that make the same pages: `scripts/bench`."""
