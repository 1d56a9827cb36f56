"""Zuständigkeiten: being built."""

import streamlit as st

st.title("Zuständigkeiten", anchor=False)
