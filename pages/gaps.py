"""Lücken: being built."""

import streamlit as st

st.title("Lücken", anchor=False)
