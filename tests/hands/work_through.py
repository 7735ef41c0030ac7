"""What a learner does in a lesson, wherever it is open: each exercise wrong, then right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from answers import EXERCISES, right, wrong
from learner import Learner
from playwright.sync_api import Page

from cstrain.checking import check
from cstrain.language import Language


def work_through(page: Page, language: Language, names: Sequence[str] = EXERCISES) -> None:
    """Do every exercise three times wrong and once right; points are those of the checker."""
    for name in names:
        learner = Learner(page, name, language)
        poor = wrong(name, language)
        assert len(poor) == 3, name
        for answer in [*poor, right(name, language)]:
            learner.fill(answer)
            said = learner.check()
            expected = check(name, answer, language)
            assert abs(learner.points() - expected.points) < 0.06, (name, answer, said)
            assert said
            learner.start_again()
        learner.fill(right(name, language))
        learner.check()
        assert learner.root.locator(".c-verdict.c-of-passed").count() == 1, name


def values_of_all(
    page: Page, language: Language, names: Sequence[str] = EXERCISES
) -> dict[str, list[str]]:
    """Return what stands in every control of every exercise."""
    return {name: Learner(page, name, language).answer() for name in names}


def wait_for_values(page: Page, language: Language, wanted: dict[str, list[str]]) -> None:
    """Wait until every exercise shows the wanted values again."""
    for name, values in wanted.items():
        learner = Learner(page, name, language)
        learner.root.wait_for(state="attached", timeout=60_000)
        for _ in range(100):
            if learner.answer() == values:
                break
            page.wait_for_timeout(100)
        assert learner.answer() == values, name


def serious_violations(page: Page, axe: str) -> list[str]:
    """Return axe-core's serious and critical findings inside the frames.

    Each frame is brought to the top first: what lies above a scrolled view counts as hidden for
    axe, and a label there as missing.
    """
    page.evaluate(axe)
    return list(
        page.evaluate(
            """async () => {
              const found = [];
              for (const frame of document.querySelectorAll('.cstrain-live')) {
                frame.scrollIntoView({ block: 'start', behavior: 'instant' });
                await new Promise((done) => setTimeout(done, 300));
                const { violations } = await axe.run(frame);
                for (const one of violations) {
                  if (!['serious', 'critical'].includes(one.impact)) continue;
                  found.push(`${one.id}: ${one.nodes.map((n) => n.html).slice(0, 2).join(' ')}`);
                }
              }
              return found;
            }"""
        )
    )


def sideways(page: Page) -> list[str]:
    """Return the frames that are wider than their place: they would scroll sideways."""
    return list(
        page.evaluate(
            "() => [...document.querySelectorAll('.cstrain-live')]"
            ".filter(one => one.scrollWidth > one.clientWidth + 1)"
            ".map(one => one.getAttribute('aria-label'))"
        )
    )


@contextmanager
def no_errors_of_ours(page: Page) -> Iterator[None]:
    """Fail when the page logs an error that our own script raised."""
    errors: list[str] = []
    # JupyterLab's own, when run-all is pressed a moment before the page has its kernel.
    theirs = "No kernel to restart"
    page.on("pageerror", lambda error: theirs in str(error) or errors.append(str(error)))
    yield
    assert errors == [], errors
