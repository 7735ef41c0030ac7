"""Tables as people export them, written into the test's own folder; own data go there too."""

from __future__ import annotations

import openpyxl
import pytest
from ticket_rows import HEADER, ticket


@pytest.fixture(autouse=True)
def own_data(tmp_path, monkeypatch):
    """Return the folder of own data sets, the test's own."""
    folder = tmp_path / "own"
    monkeypatch.setenv("CSTRAIN_DATA", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_figures(request, monkeypatch):
    """Draw no figures, which take long, unless the test is one of the browser's."""
    if request.node.get_closest_marker("browser") is None:
        monkeypatch.setattr("cstrain.intake.report_html.figures", lambda *_: ())


@pytest.fixture
def csv_file(tmp_path):
    """Return a function that writes rows (texts joined by commas, quoted where needed)."""

    def write(rows=None, name="工单.csv", encoding="utf-8", header=HEADER, text=None):
        if text is None:
            lines = [header, *(rows if rows is not None else [ticket(at) for at in range(120)])]
            text = "".join(",".join(map(quoted, line)) + "\r\n" for line in lines)
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def quoted(cell):
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n\r') else text


@pytest.fixture
def workbook(tmp_path):
    """Return a function that writes a workbook; `change(sheet)` may do more to it."""

    def write(rows, name="工单.xlsx", change=None):
        book = openpyxl.Workbook()
        sheet = book.active
        for row in rows:
            sheet.append(list(row))
        if change is not None:
            change(sheet)
        path = tmp_path / name
        book.save(path)
        return path

    return write
