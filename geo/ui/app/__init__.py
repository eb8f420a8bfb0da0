"""The way in: the server, the first document, what it serves before Streamlit."""
