"""What people look at: views for the frame, printable sheets, page blocks, SVG figures."""
