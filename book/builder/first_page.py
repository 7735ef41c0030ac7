"""The page that leads to a language, and the page for an address that leads nowhere."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import quote

from builder.places import BOOK
from cstrain.html import escape
from cstrain.language import HTML_LANG, LANGUAGES, Language
from cstrain.library.words import words

_CHOOSE: Final = (
    "let one = null;"
    'try {{ one = localStorage.getItem("cstrain-language"); }} catch {{ one = null; }}'
    "if (!{languages}.includes(one))"
    ' one = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";'
    "location.replace(`${{one}}/index.html`);"
)
_STYLE: Final = (
    "body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1.5rem;"
    'font:1.0625rem/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;'
    "color:#1d2b2f;background:#fff}main{display:grid;gap:2.5rem;max-width:34rem}"
    "section+section{border-top:1px solid #d5dfe0;padding-top:2.5rem}"
    "h1{font-size:1.5rem;line-height:1.35;margin:0 0 .5rem;text-wrap:balance}p{margin:0 0 1.1rem;"
    "text-wrap:pretty}a{display:inline-block;padding:.6rem 1.2rem;border:1.5px solid #0f6e6e;"
    "border-radius:.5rem;background:#0f6e6e;color:#fff;font-weight:600;text-decoration:none;"
    "margin:0 .6rem .6rem 0}a+a{background:none;color:#0f6e6e}"
    "a:focus-visible{outline:3px solid #b45309;outline-offset:2px}"
    "@media(prefers-color-scheme:dark){body{background:#101719;color:#d3dee0}"
    "section+section{border-color:#34454a}a{background:#6cc9c3;border-color:#6cc9c3;color:#0b1f20}"
    "a+a{color:#6cc9c3}a:focus-visible{outline-color:#efb062}}"
)


def first_page() -> str:
    """Return the page that leads to the language chosen last, else the browser's."""
    choose = _CHOOSE.format(languages=json.dumps(list(LANGUAGES)))
    return _page(_title("zh"), choose, [_language(one) for one in LANGUAGES])


def lost_page() -> str:
    """Return the page for a wrong address.

    A host shows this page at the wrong address itself, so that links must not depend on it: the
    script looks for the folder of a language in the address, and goes up to the site from there.
    """
    find = (
        r"const at = location.pathname.replace(/\/(?:zh|en|lite|host|pyodide)\/.*$/, '/')"
        r".replace(/[^/]*$/, '');"
        'document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("a")'
        '.forEach((one) => { one.href = at + one.getAttribute("href"); }));'
    )
    return _page(words("home_words", "zh")["lost_title"], find, [_lost(one) for one in LANGUAGES])


def _title(language: Language) -> str:
    return words("host_words", language)["book_title"]


def _language(language: Language) -> str:
    said = words("home_words", language)
    return (
        f'<section lang="{HTML_LANG[language]}"><h1>{escape(_title(language))}</h1>'
        f"<p>{escape(said['first_lead'])}</p>"
        f'<a href="{language}/index.html">{escape(said["first_open"])}</a></section>'
    )


def _lost(language: Language) -> str:
    said = words("home_words", language)
    return (
        f'<section lang="{HTML_LANG[language]}"><h1>{escape(said["lost_title"])}</h1>'
        f"<p>{escape(said['lost_lead'])}</p>"
        f'<a href="{language}/index.html">{escape(said["lost_home"])}</a>'
        f'<a href="{language}/course_map.html">{escape(said["lost_map"])}</a></section>'
    )


def _page(title: str, script: str, sections: list[str]) -> str:
    return (
        f'<!DOCTYPE html><html lang="{HTML_LANG["zh"]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:image/svg+xml,{_icon()}">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style><script>{script}</script></head>"
        f"<body><main>{''.join(sections)}</main></body></html>\n"
    )


def _icon() -> str:
    # In the page itself: at a wrong address a path to a file would be wrong too.
    return quote((BOOK / "host" / "favicon.svg").read_text(encoding="utf-8").strip())
