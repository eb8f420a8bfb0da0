"""The only modules that know Streamlit."""
