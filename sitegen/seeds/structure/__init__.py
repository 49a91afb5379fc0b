"""What each stretch of a pasted article is: its lines, and the labels that they get."""
