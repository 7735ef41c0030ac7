"""Everything that needs a Jupyter front end: the widget, and the frame's source."""
