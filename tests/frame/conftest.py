"""A page with the real frame and a scripted model: what the frame sends is kept in `sent`."""

from __future__ import annotations

import json

import pytest
from frame_stage import Stage

from cstrain.ui.frame import frame_css, frame_source

_MODEL = """
window.makeModel = (view, state, host, replies) => {
  const listeners = {};
  const model = {
    sent: [], state, dead: false,
    get: (key) => ({ view, state: model.state, host })[key],
    on: (name, call) => (listeners[name] ??= []).push(call),
    off: (name, call) => (listeners[name] = listeners[name].filter((one) => one !== call)),
    fire: (name, content) => (listeners[name] ?? []).forEach((call) => call(content)),
    tell: (content) => model.fire("msg:custom", content),
    setState: (next) => { model.state = next; model.fire("change:state"); },
    send: (message) => {
      if (model.dead) throw new Error("closed");
      model.sent.push(structuredClone(message));
      for (const reply of replies[message.do] ?? []) queueMicrotask(() => model.tell(reply));
    },
  };
  return model;
};
"""


@pytest.fixture
def mount(browser):
    """Return a function that shows a view in a fresh page and returns its Stage."""
    contexts = []

    def make(view, *, state=None, host="page", replies=None, width=820, sheet="", **context):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **context))
        page = contexts[-1].new_page()
        problems = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.set_content(_html(view, sheet))
        page.evaluate(_MODEL)
        arguments = [frame_source(), view, state or {}, host, replies or {}]
        page.evaluate(
            """async ([source, view, state, host, replies]) => {
              const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
              const frame = await import(url);
              window.model = makeModel(view, state, host, replies);
              window.close_frame = frame.default.render({ model, el: document.querySelector("#el") });
            }""",
            arguments,
        )
        stage = Stage(page)
        stage.problems = problems
        return stage

    yield make
    for one in contexts:
        one.close()


def _html(view, sheet):
    name = json.dumps(view["lang"])
    return (
        f'<!doctype html><html lang={name}><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>t</title><style>{frame_css()}</style><body>"
        f'<div class="cstrain-exercise"><div id="el"></div>{sheet}</div></body></html>'
    )
