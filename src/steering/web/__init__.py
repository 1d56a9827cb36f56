"""The screen: the only part besides pages/ that knows Streamlit."""
