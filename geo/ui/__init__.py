"""The only modules that know Streamlit."""

from streamlit import net_util


def no_address() -> None:
    """Know no address of this machine but those it is called by."""


# Streamlit asks an outside machine for the address of this one: when it starts without
# `browser.serverAddress`, and, in the event loop, for each websocket of a foreign origin. Here and
# not elsewhere, because whatever runs this application imports this package before it serves a
# page: `python -m geo.ui`, `uvicorn geo.ui.app.server:app` and the pages under `streamlit run`.
# Callers look the functions up in their module each time, so none keeps Streamlit's own.
for _name in ("get_external_ip", "get_internal_ip"):
    setattr(net_util, _name, no_address)
