"""The last net: whatever breaks under a page is a French sentence, and its cause is in the log."""

import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from geo.ui.app import words

SLOW_SECONDS: Final = 3.0
STREAMLIT_SAYS: Final = "Uncaught app execution"
LOGGER: Final = logging.getLogger(__name__)


def rescue(error: Exception) -> bool:
    """
    Say that a page or an action broke, in place of Streamlit.

    The view is in the session and in the address: to try again is enough, or to go home.

    Parameters
    ----------
    error
        What a page or the callback of a widget raised.

    Returns
    -------
    is_told
        True: Streamlit has nothing to add.
    """
    from geo.ui.shared import view  # noqa: PLC0415  the server listens before it reads the engine

    reference = uuid.uuid4().hex[:8]
    page = st.session_state.get(view.PAGE, "")
    LOGGER.error("page broken", exc_info=error, extra={"page": page, "reference": reference})
    st.error(words.BROKEN.format(reference=reference))
    st.button(words.TRY_AGAIN, key="atlas_reessayer", type="primary")
    st.html(f'<p><a href="./">{words.GO_HOME}</a></p>')  # a link of Markdown opens a window
    return True


def speak_once() -> None:
    """Keep Streamlit from writing the same traceback in a form of its own."""
    logger = logging.getLogger("streamlit.error_util")
    logger.addFilter(lambda record: record.msg != STREAMLIT_SAYS)


@contextmanager
def watched(page: str) -> Iterator[None]:
    """Log a run of a page that takes so long that a person wonders."""
    began = time.monotonic()
    try:
        yield
    finally:
        seconds = round(time.monotonic() - began, 3)
        if seconds > SLOW_SECONDS:
            LOGGER.warning("slow run", extra={"page": page, "seconds": seconds})
