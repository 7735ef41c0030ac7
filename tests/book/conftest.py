"""Fixtures of the book's tests: the site, its address, and pages that keep a log."""

from __future__ import annotations

import pytest
from built_site import served, shared_site


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return the folder of the built book."""
    return shared_site(tmp_path_factory)


@pytest.fixture(scope="session")
def address(site):
    """Return the address of the built book."""
    with served(site) as where:
        yield where


@pytest.fixture
def open_page(browser, address):
    """Return a function that opens a page of the book in a browser of its own.

    `page.log` has the requests, `page.problems` what the page complained about.
    """
    contexts = []

    def make(path, *, context=None, before=None, **options):
        if context is None:
            # What a service worker fetches could not be cut off by a test.
            usual = {"viewport": {"width": 1280, "height": 900}, "service_workers": "block"}
            context = browser.new_context(**{**usual, **options})
            contexts.append(context)
        page = context.new_page()
        page.log, page.problems = [], []
        page.on("request", lambda one: page.log.append(one.url))
        page.on("pageerror", lambda one: page.problems.append(str(one)))
        page.on("console", lambda one: one.type == "error" and page.problems.append(one.text))
        if before:
            before(page)
        page.goto(path if "://" in path else f"{address}/{path}")
        return page

    yield make
    for one in contexts:
        one.close()
