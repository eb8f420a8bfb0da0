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
