"""What is new in a seed, or in the converter, brought to an article that an editor owns."""
