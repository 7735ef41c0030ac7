"""Exercise files into Exercise records; a mistake in one names the file and the key."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from cstrain.errors import UnknownNameError
from cstrain.language import LANGUAGES
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.model import (
    ASSESSMENT,
    OUTCOMES,
    PRACTICE,
    Criterion,
    Exercise,
    Field,
    Model,
    Outcome,
    Sample,
)
from cstrain.shapes.base import keys
from cstrain.shapes.table_of import SHAPES
from cstrain.table_reader import TableReader

HINTS: Final = 3  # nudge, where to look, worked example with other numbers
_FOLDER: Final = CONTENT / "exercises"


@cache
def exercise(exercise_id: str) -> Exercise:
    """Return the exercise "<lesson>/<name>"; an unknown one is answered with the nearest name."""
    known = exercise_ids()
    if exercise_id not in known:
        raise UnknownNameError("exercise", exercise_id, known)
    return load_exercise(_FOLDER / f"{exercise_id}.toml")


@cache
def exercise_ids(lesson: str | None = None) -> tuple[str, ...]:
    """Return the ids of all exercises, or those of one lesson, in the order of their numbers."""
    paths = sorted(_FOLDER.glob(f"{lesson or '*'}/*.toml"))
    return tuple(f"{path.parent.name}/{path.stem}" for path in paths)


def load_exercise(path: Path) -> Exercise:
    """Return the exercise in the file; raise ContentError for anything wrong in it."""
    reader = TableReader(shown_name(path), _with_banks(read_toml(path)))
    fields = _fields(reader)
    known = [one.key for one in fields]
    made = Exercise(
        id=f"{path.parent.name}/{path.stem}",
        number=reader.whole("number"),
        kind=reader.string("kind"),
        points=reader.number("points", least=0.5, most=100),
        minutes=reader.whole("minutes", 10),
        title=reader.text("title"),
        task=reader.text("task"),
        situation=reader.string("situation") if reader.has("situation") else None,
        fields=fields,
        criteria=tuple(_criterion(one, known) for one in reader.children("criteria")),
        hints=tuple(_hint(one) for one in reader.children("hints", least=HINTS)),
        model=_model(reader.child("model")),
        samples=tuple(_sample(one) for one in reader.children("samples", least=4)),
        drawing=reader.plain("drawing"),
        use=reader.one_of("use", (PRACTICE, ASSESSMENT)) if reader.has("use") else PRACTICE,
    )
    reader.finish()
    _check_whole(reader, made)
    return made


def _with_banks(raw: Mapping[str, Any]) -> dict[str, Any]:
    fields = raw.get("fields")
    if not isinstance(fields, list):
        return dict(raw)
    return {**raw, "fields": [_with_tests(_cards_from_bank(one)) for one in fields]}


def _with_tests(field: Any) -> Any:
    """Return a field that names tests of causes with the questions that they ask."""
    if not isinstance(field, Mapping) or not isinstance(field.get("tests"), Mapping):
        return field
    from cstrain.library.cause_questions import asked_of  # noqa: PLC0415 - few exercises need it

    rest = {key: one for key, one in field.items() if key != "tests"}
    return {**rest, **asked_of(field["tests"].get("case"), field["tests"].get("factors"))}


def _cards_from_bank(field: Any) -> Any:
    if not isinstance(field, Mapping) or not isinstance(field.get("bank"), str):
        return field
    cards = bank(field["bank"])
    pick = field.get("pick", range(1, len(cards) + 1))
    chosen = [cards[place - 1] for place in pick]
    rest = {key: one for key, one in field.items() if key not in {"bank", "pick"}}
    return {**rest, "cards": [{key: one[key] for key in ("key", "zh", "en")} for one in chosen]}


@cache
def bank(name: str) -> Sequence[Mapping[str, Any]]:
    """Return the cards of a bank file: each with key, zh, en and what its rule needs."""
    known = sorted(path.stem for path in (CONTENT / "banks").glob("*.toml"))
    if name not in known:
        raise UnknownNameError("bank", name, known)
    path = CONTENT / "banks" / f"{name}.toml"
    reader = TableReader(shown_name(path), read_toml(path))
    for card in reader.children("cards"):
        card.string("key"), card.string("zh"), card.string("en")
    return tuple(reader.raw["cards"])


def _fields(reader: TableReader) -> tuple[Field, ...]:
    options: dict[str, list[str]] = {}
    made = []
    for one in reader.children("fields"):
        made.append(_field(one, options))
        if made[-1].shape == "choice":
            options[made[-1].key] = keys(made[-1].params["options"])
    return tuple(made)


def _when(reader: TableReader, options: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    if not reader.has("when"):
        return None
    about = reader.child("when")
    key = about.one_of("field", tuple(options))
    found = key, about.one_of("is", options[key])
    about.finish()
    return found


def _field(reader: TableReader, options: Mapping[str, Sequence[str]]) -> Field:
    shape = reader.one_of("shape", sorted(SHAPES))
    made = Field(
        key=reader.string("key"),
        shape=shape,
        label=reader.text("label"),
        help=reader.optional_text("help"),
        required=reader.flag("required", default=True),
        params=SHAPES[shape].load(reader),
        when=_when(reader, options),
    )
    reader.finish()
    return made


def _criterion(reader: TableReader, known: Sequence[str]) -> Criterion:
    fields = reader.strings("fields")
    unknown = [one for one in fields if one not in known]
    if unknown or not fields:
        raise reader.wrong("fields", f"one or more of {', '.join(known)}")
    made = Criterion(
        key=reader.string("key"),
        points=reader.number("points", least=0.01, most=100),
        rule=reader.string("rule"),
        fields=fields,
        title=reader.text("title"),
        why=reader.text("why"),
        next=reader.text("next"),
        params=reader.plain("params"),
        say=reader.texts("say"),
        items=reader.texts("items"),
    )
    reader.finish()
    return made


def _hint(reader: TableReader) -> Any:
    wrapped = TableReader(reader.file, {reader.path: reader.raw})
    return wrapped.text(reader.path)


def _model(reader: TableReader) -> Model:
    if reader.has("answer"):
        answers = dict.fromkeys(LANGUAGES, reader.plain("answer"))
    else:
        answers = {language: reader.child(f"answer_{language}").raw for language in LANGUAGES}
    made = Model(answers={str(key): one for key, one in answers.items()}, note=reader.text("note"))
    reader.finish()
    return made


def _sample(reader: TableReader) -> Sample:
    outcomes: dict[str, Outcome] = {}
    if reader.has("outcomes"):
        table = reader.child("outcomes")
        for key in table.raw:
            outcomes[key] = OUTCOMES[OUTCOMES.index(table.one_of(key, OUTCOMES))]
    made = Sample(
        name=reader.string("name"),
        language=reader.one_of("language", LANGUAGES) if reader.has("language") else None,
        answer=reader.plain("answer"),
        points=reader.number("points", least=0),
        outcomes=outcomes,
    )
    reader.finish()
    return made


def _check_whole(reader: TableReader, made: Exercise) -> None:
    for key, names in (
        ("fields", [one.key for one in made.fields]),
        ("criteria", [one.key for one in made.criteria]),
        ("samples", [one.name for one in made.samples]),
    ):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise reader.wrong_value(key, twice[0], "each key or name only once")
    total = math.fsum(one.points for one in made.criteria)
    if not math.isclose(total, made.points):
        raise reader.wrong_value(
            "criteria", f"points adding up to {total:g}", f"exactly {made.points:g}"
        )
    if len(made.hints) != HINTS:
        raise reader.wrong_value("hints", f"{len(made.hints)} hints", f"exactly {HINTS}")
