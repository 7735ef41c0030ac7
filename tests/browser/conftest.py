"""Pages for the tests of the lesson in JupyterLab."""

from __future__ import annotations

import pytest


@pytest.fixture
def page(browser):
    """Return a fresh page with its own storage."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    yield opened
    context.close()
