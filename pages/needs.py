"""Bedarfe: being built."""

import streamlit as st

st.title("Bedarfe", anchor=False)
