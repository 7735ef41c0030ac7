"""The shapes of answers. One module is one shape; `SHAPES` in `cstrain.shapes.table_of` names them.

Every shape module has the same four functions:

- `load(reader)` returns the shape's parameters from an exercise file, or raises ContentError;
- `parse(value, params)` returns the clean plain value, None for a blank one, or raises Unreadable;
- `sheet(view)` returns the printable form, `view` being the field in one language;
- `shown(value, view)` returns a given answer as HTML to read.
"""
