"""An empty Streamlit page with one list: what no Streamlit page can go below."""

import streamlit as st

CHOICES = ("un", "deux", "trois", "quatre")

choice = st.selectbox("Choix", CHOICES)
with st.container(key="figure"):
    st.write(f"Choix : {choice}")
