"""The builder: notebooks from the lesson sources, and the static book from the notebooks."""
