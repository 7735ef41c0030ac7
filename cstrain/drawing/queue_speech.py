"""Words and figures of the queue laboratory in one language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from cstrain.language import HTML_LANG, Language, as_language
from cstrain.library.words import words


@dataclass(frozen=True)
class QueueSpeech:
    """Says words of content/queue_words.toml, and figures with their units."""

    language: Language

    @property
    def lang(self) -> str:
        """The tag for HTML."""
        return HTML_LANG[self.language]

    def word(self, key: str, **facts: object) -> str:
        """Return a word or a sentence, its placeholders filled."""
        return words("queue_words", self.language)[key].format_map(facts)

    def joined(self, *sentences: str) -> str:
        """Return sentences one after the other; empty ones are left out."""
        there = [one for one in sentences if one] or [""]
        return reduce(lambda first, then: self.word("next", first=first, then=then), there)

    def time(self, seconds: float) -> str:
        """Return a time in seconds, from 10 minutes on in minutes, from 3 hours on in hours.

        >>> say = QueueSpeech("en")
        >>> say.time(5.066), say.time(330), say.time(1785), say.time(28800)
        ('5.1 s', '330 s', '30 min', '8 h')
        """
        unit, size = _unit(seconds)
        return self.word(f"unit_{unit}", value=figure(seconds / size))

    def time_span(self, low: float, high: float) -> str:
        """Return two times in the same unit, said once.

        >>> QueueSpeech("en").time_span(4.18, 6.89)
        '4.2–6.9 s'
        """
        unit, size = _unit(high)
        ends = self.word("span", low=figure(low / size), high=figure(high / size))
        return self.word(f"unit_{unit}", value=ends)

    def share_span(self, low: float, high: float) -> str:
        """Return two shares with one sign of percent."""
        ends = self.word("span", low=_bare(f"{100 * low:.1f}"), high=_bare(f"{100 * high:.1f}"))
        return self.word("unit_share", value=ends)

    def share(self, share: float, beside: float | None = None) -> str:
        """Return a share in percent; `beside` a target it is not rounded to unless it is equal.

        >>> say = QueueSpeech("en")
        >>> say.share(0.8774), say.share(0.79996, beside=0.8), say.share(0.8)
        ('87.7%', '79.996%', '80%')
        """
        places = 1
        if beside is not None and share != beside:
            while places < 6 and round(100 * share, places) == round(100 * beside, places):
                places += 1
        return self.word("unit_share", value=_bare(f"{100 * share:.{places}f}"))

    def load(self, load: float) -> str:
        """Return a load with its unit."""
        return self.word("unit_erlang", value=erlang(load))


def speech(language: str) -> QueueSpeech:
    """Return the speech of a language, or raise UnknownNameError."""
    return QueueSpeech(as_language(language))


def figure(value: float) -> str:
    """Return a number with two figures or more, no zeros behind.

    >>> figure(5.066), figure(26.4), figure(12345.6), figure(0.02), figure(8.0)
    ('5.1', '26', '12,346', '0.02', '8')
    """
    if value >= 10:
        return f"{value:,.0f}"
    return _bare(f"{value:.1f}") if value >= 0.1 or not value else f"{value:.1g}"


def _unit(seconds: float) -> tuple[str, int]:
    """Return the unit that a time is said in, and its length in seconds."""
    if seconds < 600:
        return "s", 1
    return ("min", 60) if seconds < 10_800 else ("h", 3600)


def erlang(load: float) -> str:
    """Return a load without its unit, with at most two decimals.

    >>> erlang(22.0), erlang(7.125)
    ('22', '7.12')
    """
    return _bare(f"{load:,.2f}") if load >= 0.01 or not load else f"{load:.1g}"


def _bare(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
