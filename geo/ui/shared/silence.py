"""Nothing goes out: Streamlit is kept from asking other machines for the address of this one."""

from typing import Final

from streamlit import net_util

ASKING: Final = ("get_external_ip", "get_internal_ip")


def no_address() -> None:
    """Know no address of this machine but those it is called by."""


def keep_silent() -> None:
    """
    Take the place of what Streamlit asks outside.

    It asks when it starts without `browser.serverAddress`, and, in the event loop, for each
    websocket of a foreign origin. Its callers look the functions up in their module each time, so
    none keeps Streamlit's own. Called by whatever serves a page: the server when it is loaded, and
    the frame of the pages for `streamlit run`.
    """
    for name in ASKING:
        setattr(net_util, name, no_address)
