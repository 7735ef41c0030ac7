"""The usual table of these tests: its header, and one good row."""

# ruff: noqa: DTZ001 - local times, by design

from __future__ import annotations

import datetime as dt

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
