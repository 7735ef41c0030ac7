"""A mounted frame, and plain views to mount."""

from __future__ import annotations

from cstrain.library.words import words


class Stage:
    """A mounted frame in a page, with short ways to what tests ask for."""

    def __init__(self, page):
        self.page = page

    def sent(self, kind=None):
        """Return the messages the frame has sent, or those of one kind."""
        all_sent = self.page.evaluate("model.sent")
        return [one for one in all_sent if kind in (None, one["do"])]

    def tell(self, message):
        """Say something to the frame as its host does."""
        self.page.evaluate("message => model.tell(message)", message)

    def check(self):
        """Press the check button and return the answer that was sent."""
        self.page.locator(".c-primary").click()
        return self.sent("check")[-1]["answer"]


def exercise_view(fields, language="en", **more):
    """Return a view with the given fields; everything else is plain."""
    return {
        "kind": "exercise",
        "id": "n03/trial",
        "lesson": "n03",
        "language": language,
        "lang": {"zh": "zh-Hans", "en": "en"}[language],
        "label": "Q1",
        "title": "Trial",
        "task": "<p>Task</p>",
        "situation": None,
        "points": 10,
        "minutes": 5,
        "fields": fields,
        "criteria": [],
        "hints": 3,
        "words": dict(words("words", language)),
        **more,
    }
