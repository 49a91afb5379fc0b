"""Who says what: quoted stretches, their speakers, the people and organisations named."""
