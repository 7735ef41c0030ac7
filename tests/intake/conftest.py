"""Tables as people export them, written into the test's own folder; own data go there too."""

# ruff: noqa: DTZ001 - local times, by design

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

HEADER = ["工单编号", "客户姓名", "客户电话", "客户编号", "客服", "渠道", "问题类型"]
HEADER += ["创建时间", "关闭时间", "等待时长(秒)", "满意度", "备注"]


def ticket(at, **changed):
    """Return one good row of the usual table, with cells changed by header."""
    opened = dt.datetime(2025, 7, 1, 9) + dt.timedelta(hours=7 * at)
    cells = {
        "工单编号": f"T{at:04d}",
        "客户姓名": ["张伟", "王芳", "李娜", "刘洋"][at % 4],
        "客户电话": f"139{10000000 + at % 30}",
        "客户编号": f"U{at % 30:03d}",
        "客服": f"A{at % 3:02d}",
        "渠道": ["电话", "在线"][at % 2],
        "问题类型": ["物流", "退款"][at % 3 == 0],
        "创建时间": opened.strftime("%Y-%m-%d %H:%M:%S"),
        "关闭时间": (opened + dt.timedelta(hours=5)).strftime("%Y-%m-%d %H:%M:%S"),
        "等待时长(秒)": str(10 + at % 50),
        "满意度": str(1 + at % 5),
        "备注": "催促发货",
    }
    return [{**cells, **changed}[one] for one in HEADER]


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
