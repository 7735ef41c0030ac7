"""Which column is which, as the user says it: a file in TOML or JSON, checked against the table."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from cstrain.intake.columns import Guess, Guesses
from cstrain.intake.errors import IntakeError
from cstrain.intake.vocabulary import fields, meanings, word
from cstrain.kpi.definitions import codes, definition
from cstrain.language import Language

ZONE: Final = "Asia/Shanghai"
_DATES: Final = {"day_first": True, "month_first": False}
_OPTIONS: Final = ("zone", "dates", "csat_scale", "csat_top", "sheet", "kpis")
_UTF8_BOM: Final = b"\xef\xbb\xbf"
_NEAREST: Final = 5


@dataclass(frozen=True)
class Options:
    """How cells are read where they can be read in more than one way."""

    zone: str = ZONE
    day_first: bool | None = None
    csat_scale: tuple[int, int] | None = None  # None: told by the values
    csat_top: int | None = None
    sheet: str | None = None
    kpis: tuple[str, ...] = ()  # these and no others; empty: all that make sense


@dataclass(frozen=True)
class ColumnMapping:
    """Headers by field, options, and own words of closed lists: {field: {word: meaning}}."""

    columns: Mapping[str, str]
    options: Options = field(default_factory=Options)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_mapping(path: Path) -> ColumnMapping:
    """Return the mapping in a file; a mistake in it is one sentence."""
    raw = _raw(path)
    options = _options(raw.pop("options", {}))
    values = _values(raw.pop("values", {}))
    listed = raw.pop("columns", raw)
    if not isinstance(listed, dict):
        raise IntakeError("mapping_broken", name=path.name, line=1)
    for key, header in listed.items():
        _check_field(key)
        if not isinstance(header, str):
            raise IntakeError("mapping_option", option=key, allowed='"…"')
    return ColumnMapping({key: one for key, one in listed.items() if one.strip()}, options, values)


def check_mapping(mapping: ColumnMapping, headers: Iterable[str]) -> None:
    """Refuse a mapping that names a column the table has not, or one column twice."""
    known = list(headers)
    had: dict[str, str] = {}
    for key, header in mapping.columns.items():
        _check_field(key)
        if header not in known:
            raise IntakeError("mapping_header", header=header, near=_nearest(header, known))
        if header in had:
            facts = {"header": header, "first": had[header], "second": key}
            raise IntakeError("mapping_twice", **facts)
        had[header] = key
    if not mapping.columns:
        raise IntakeError("no_fields")


def mapping_text(guesses: Guesses, language: Language, masked: Callable[[str], str]) -> str:
    """Return a mapping file with the guess in it; doubts and unused columns are comments.

    A header that looks personal, which no header should, stands there masked and as a comment.
    """
    lines = [f"# {word('mapping_head', language)}", f"# {word('mapping_how', language)}", ""]
    lines += ["[columns]"]
    for one in guesses.taken.values():
        label, sure = fields()[one.field].label[language], f"{one.confidence:.0%}"
        header = masked(one.header)
        off = "# " if header != one.header else ""
        lines.append(f"{off}{one.field} = {_quoted(header)}  # {label}, {sure}")
    for rivals in guesses.doubtful.values():
        lines += ["", f"# {word('mapping_doubt', language)}"]
        lines += [f"# {one.field} = {_quoted(masked(one.header))}" for one in rivals]
    if guesses.unused:
        lines += ["", f"# {word('mapping_unused', language)}"]
        lines += [f"# {_quoted(masked(one))}" for one in guesses.unused]
    lines += ["", f"# {word('mapping_fields', language)}"]
    free = [one for one in fields().values() if one.guessed and one.key not in guesses.taken]
    lines += [f"# {one.key}: {one.label[language]}" for one in free]
    lines += ["", "[options]", f'zone = "{ZONE}"']
    lines += [f"# {word('mapping_options', language)}"]
    lines += ['# dates = "day_first"', "# csat_scale = [1, 10]", "# csat_top = 9"]
    return "\n".join([*lines, '# kpis = ["FCR", "CSAT"]', ""])


def used_mapping_text(
    mapping: ColumnMapping, language: Language, masked: Callable[[str], str]
) -> str:
    """Return the mapping of a run as a file; a header that looks personal is left out of it."""
    lines = [f"# {word('mapping_head', language)}", "", "[columns]"]
    for key, header in mapping.columns.items():
        if masked(header) == header:
            lines.append(f"{key} = {_quoted(header)}  # {fields()[key].label[language]}")
    options = mapping.options
    lines += ["", "[options]", f"zone = {_quoted(options.zone)}"]
    if options.day_first is not None:
        lines.append(f'dates = "{"day_first" if options.day_first else "month_first"}"')
    if options.csat_scale is not None:
        lines.append(f"csat_scale = {list(options.csat_scale)}")
    if options.csat_top is not None:
        lines.append(f"csat_top = {options.csat_top}")
    if options.sheet is not None and masked(options.sheet) == options.sheet:
        lines.append(f"sheet = {_quoted(options.sheet)}")
    if options.kpis:
        lines.append(f"kpis = {json.dumps(list(options.kpis))}")
    for key, table in mapping.values.items():
        lines += ["", f"[values.{key}]"]
        lines += [f"{_quoted(one)} = {_quoted(meaning)}" for one, meaning in table.items()]
    return "\n".join([*lines, ""])


def _raw(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes().removeprefix(_UTF8_BOM).decode("utf-8")
    except OSError as error:
        raise IntakeError("mapping_missing", name=path.name) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise IntakeError("mapping_broken", name=path.name, line=line) from error
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except json.JSONDecodeError as error:
        raise IntakeError("mapping_broken", name=path.name, line=error.lineno) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _line_in(str(error))
        raise IntakeError("mapping_broken", name=path.name, line=line) from error
    return dict(found)


def _line_in(sentence: str) -> int:
    """Return the line that Python's TOML reader names in its complaint."""
    words = sentence.replace(",", " ").split()
    after = words.index("line") + 1 if "line" in words else len(words)
    return int(words[after]) if after < len(words) and words[after].isdigit() else 1


def _options(raw: Any) -> Options:
    if not isinstance(raw, dict):
        raise IntakeError("mapping_option", option="options", allowed=", ".join(_OPTIONS))
    for key in raw:
        if key not in _OPTIONS:
            raise IntakeError("mapping_option", option=key, allowed=", ".join(_OPTIONS))
    dates = raw.get("dates")
    if dates is not None and dates not in _DATES:
        raise IntakeError("mapping_option", option="dates", allowed=", ".join(_DATES))
    sheet = raw.get("sheet")
    if sheet is not None and not isinstance(sheet, str):
        raise IntakeError("mapping_option", option="sheet", allowed='"Sheet1"')
    return Options(
        zone=checked_zone(raw.get("zone", ZONE)),
        day_first=None if dates is None else _DATES[dates],
        csat_scale=_scale(raw.get("csat_scale")),
        csat_top=_whole("csat_top", raw.get("csat_top")),
        sheet=sheet,
        kpis=_kpis(raw.get("kpis", [])),
    )


def _kpis(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise IntakeError("mapping_option", option="kpis", allowed='["FCR", "CSAT"]')
    for one in raw:
        if one not in codes() or definition(one).statistic == "function":
            usable = [code for code in codes() if definition(code).statistic != "function"]
            allowed = _nearest(str(one), usable)
            raise IntakeError("mapping_option", option="kpis", allowed=allowed)
    return tuple(raw)


def checked_zone(name: Any) -> str:
    """Return the name of a time zone, or refuse it."""
    try:
        ZoneInfo(name)
    except (ValueError, TypeError, OSError, KeyError) as error:
        allowed = "Asia/Shanghai, Europe/London, UTC, …"
        raise IntakeError("mapping_option", option="zone", allowed=allowed) from error
    return str(name)


def _scale(raw: Any) -> tuple[int, int] | None:
    if raw is None:
        return None
    if not isinstance(raw, list) or len(raw) != 2:
        raise IntakeError("mapping_option", option="csat_scale", allowed="[1, 5]")
    least, most = (_whole("csat_scale", one) for one in raw)
    if least is None or most is None or least >= most:
        raise IntakeError("mapping_option", option="csat_scale", allowed="[1, 5]")
    return least, most


def _whole(option: str, raw: Any) -> int | None:
    if raw is not None and (not isinstance(raw, int) or isinstance(raw, bool)):
        raise IntakeError("mapping_option", option=option, allowed="0, 1, 2, …")
    return raw


def _values(raw: Any) -> dict[str, dict[str, str]]:
    made: dict[str, dict[str, str]] = {}
    if not isinstance(raw, dict):
        raise IntakeError("mapping_option", option="values", allowed="[values.outcome]")
    for key, table in raw.items():
        _check_field(key)
        name = "flag" if fields()[key].kind in {"flag", "count"} else key
        allowed = sorted(set(meanings(name).values())) if fields()[key].kind in _CLOSED else []
        if not isinstance(table, dict) or not set(map(str, table.values())) <= set(allowed):
            raise IntakeError(
                "mapping_option", option=f"values.{key}", allowed=", ".join(allowed) or "–"
            )
        made[key] = {str(one): str(meaning) for one, meaning in table.items()}
    return made


_CLOSED: Final = ("flag", "count", "category")


def _check_field(key: str) -> None:
    if key not in fields():
        raise IntakeError("mapping_field", field=key, near=_nearest(key, list(fields())))


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    return ", ".join(near or known[:_NEAREST])


def _quoted(header: str) -> str:
    """Return a header as a string of TOML."""
    return json.dumps(header, ensure_ascii=False).replace("\x7f", "\\u007f")


def as_mapping(guesses: Guesses, options: Options | None = None) -> ColumnMapping:
    """Return a guess as if the user had written it."""
    taken: Mapping[str, Guess] = guesses.taken
    return ColumnMapping({key: one.header for key, one in taken.items()}, options or Options())
