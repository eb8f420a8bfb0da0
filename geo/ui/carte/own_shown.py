"""Which indicator of a person's own is on the map: all that a visit without one needs to know."""

from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from geo.studies.indicator import Indicator

OWN: Final = "carte_vos_indicateurs"
SHOWN: Final = "carte_votre_indicateur"
MOST: Final = 10


def shown() -> "Indicator | None":
    """Return the indicator of this session that is on the map, if there is one."""
    held = st.session_state.get(OWN, {})
    found: Indicator | None = held.get(st.session_state.get(SHOWN))
    return found
