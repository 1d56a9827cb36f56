"""Karte: where the structures are."""

import streamlit as st

st.title("Karte")
