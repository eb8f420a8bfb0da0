"""What a server holds for ever is taken out of the sight of the garbage collector."""

import gc

import streamlit as st


@st.cache_resource(show_spinner=False)
def settle(stage: str) -> None:  # noqa: ARG001
    """
    Stop examining the modules and the tables already loaded.

    Streamlit collects the garbage of all generations after each run of a script: 80 ms, most of the
    cost of a rerun, spent on some 500,000 objects that live as long as the server.

    Parameters
    ----------
    stage
        What was just loaded. Once per stage: freezing at each run would keep dead sessions too.
    """
    gc.collect()
    gc.freeze()
