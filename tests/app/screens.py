"""A page in Streamlit's own tester: opened by its address, then read."""

import json
import re
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest


def opened_at(repository: Path, page: str, **parameters: str) -> AppTest:
    """Open a page by a link with these parameters; it must not fail."""
    app = AppTest.from_file(str(repository / "dashboard.py"), default_timeout=120)
    app.run()
    app.switch_page(f"pages/{page}.py")
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    """The HTML of a page."""
    return untypeset("\n".join(element.proto.body for element in app.get("html")))


def untypeset(text: str) -> str:
    """Read sentences as our words are written: plain spaces before signs, straight apostrophes."""
    plain_spaces = re.sub("[\u00a0\u202f](?=[:;!?»])|(?<=«)\u00a0", " ", text)
    return plain_spaces.replace("’", "&#39;")


def plain(text: str) -> str:
    """Undo the escapes of Markdown."""
    return text.replace("\\", "").replace("\u2060", "")


def text(app: AppTest) -> str:
    """Everything written on a page."""
    elements = [*app.caption, *app.markdown, *app.warning, *app.info, *app.error, *app.success]
    return plain("\n".join([html(app), *(element.value for element in elements)]))


def sent(app: AppTest) -> str:
    """Read the script that travels to the map."""
    (component,) = app.get("component_instance")
    script: str = json.loads(component.proto.json_args)["feature_group"]
    return script


def painted(app: AppTest) -> dict[str, Any]:
    """Read the values sent to the map."""
    script = sent(app)
    start = script.index("Atlas.map.paint(") + len("Atlas.map.paint(")
    values: dict[str, Any] = json.JSONDecoder().raw_decode(script, start)[0]
    return values


def search_box(app: AppTest, key: str) -> dict[str, Any]:
    """Read what a search box shows: its label, its value, the names it offers."""
    found = [one.proto for one in app.get("bidi_component") if f"-{key}" in one.proto.id]
    data: dict[str, Any] = json.loads(found[0].json)
    return data


def search(app: AppTest, key: str, code: str | None, kind: str = "ght") -> AppTest:
    """Choose in a search box as a browser does, or clear it; then the page runs."""
    return _send(app, key, "chosen", {"kind": kind if code else "", "code": code or ""})


def typed(app: AppTest, key: str, text: str) -> list[dict[str, str]]:
    """Type in a search box that has no server of ours behind it; read its answers."""
    _send(app, key, "typed", text)
    rows: list[dict[str, str]] = search_box(app, key)["answers"]["rows"]
    return rows


def _send(app: AppTest, key: str, event: str, value: object) -> AppTest:
    """Send an event of a component, which the tester does not know as a widget."""
    found = [one.proto for one in app.get("bidi_component") if f"-{key}" in one.proto.id]
    states = app._tree.get_widget_states()
    name = f"$$STREAMLIT_INTERNAL_KEY_{found[0].id}__events"
    states.widgets.add(id=name, json_trigger_value=json.dumps([{"event": event, "value": value}]))
    app._run(states)
    assert not app.exception
    return app
