"""The speaker's window of reveal.js in each language: its script with our words for its English.

The script itself has no setting for them. Each phrase must stand in it exactly once; a new version
of reveal.js with other phrases is told when the book is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from builder.failures import BookError
from cstrain.language import HTML_LANG, LANGUAGES, Language
from cstrain.library.words import words

NOTES: Final = "notes.js"
_LANG: Final = '<html lang="en">'
_CLOCK: Final = "'en-US', { hour12: true,"
_FONT: Final = "font-family: Helvetica;"
_FONTS: Final = (
    'font-family: system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", '
    '"Noto Sans CJK SC", sans-serif;'
)
# What stands there: what goes there, with the key of the words in braces.
_PHRASES: Final = {
    "<title>reveal.js - Speaker View<": "<title>{speaker_title}<",
    ">Loading speaker view...<": ">{speaker_wait}<",
    ">Upcoming<": ">{speaker_upcoming}<",
    '>Time <span class="reset-button">Click to Reset<': (
        '>{speaker_time} <span class="reset-button">{speaker_reset}<'
    ),
    ">0:00 AM<": ">00:00<",
    '<h4 class="label">Notes<': '<h4 class="label">{speaker_notes}<',
    "'Layout' + ( title ? ( ': ' + title ) : '' )": "( title ? '{speaker_layout}' + title : '' )",
    "'Default'": "'{speaker_usual}'",
    "'Wide'": "'{speaker_wide}'",
    "'Tall'": "'{speaker_tall}'",
    "'Notes only'": "'{speaker_only}'",
    "'Cross origin error.<br>The speaker window can only be opened from the same origin.'": (
        "'{speaker_foreign}'"
    ),
    "'Error connecting to main window.<br>Please try closing and reopening the speaker view.'": (
        "'{speaker_lost}'"
    ),
    "`Speaker view popup failed to open. Please make sure popups are allowed and reopen the "
    "speaker view.`": "`{speaker_blocked}`",
}
_UNSAFE: Final = frozenset("`\\$'\"<>&")


def speaker_view(language: Language) -> str:
    """Return the name of the script whose window speaks the language."""
    return f"notes-{language}.js"


def put_speaker_views(folder: Path) -> None:
    """Write the script of each language beside reveal.js's own, which goes."""
    own = folder / NOTES
    script = own.read_text(encoding="utf-8")
    for language in LANGUAGES:
        (folder / speaker_view(language)).write_text(
            in_language(script, language), encoding="utf-8", newline="\n"
        )
    own.unlink()


def in_language(script: str, language: Language) -> str:
    """Return the script with the words of the language; BookError where it is not the known one."""
    for english, ours in _replaced(language):
        if script.count(english) != 1:
            raise BookError(
                f"The speaker's window of reveal.js is not the known one: {english!r} should "
                "stand in it once. Put the phrases of book/builder/speaker_view.py right."
            )
        script = script.replace(english, ours)
    return script


def _replaced(language: Language) -> Iterator[tuple[str, str]]:
    said = words("print_words", language)
    unsafe = [key for key, text in said.items() if key[:8] == "speaker_" and _UNSAFE & set(text)]
    if unsafe:
        raise BookError(f"print_words.toml, {unsafe[0]}: quotation marks cannot stand in a script.")
    yield from ((english, ours.format_map(said)) for english, ours in _PHRASES.items())
    yield _LANG, _LANG.replace("en", HTML_LANG[language])
    yield _CLOCK, _CLOCK.replace("en-US", HTML_LANG[language]).replace("true", "false")
    yield _FONT, _FONTS
