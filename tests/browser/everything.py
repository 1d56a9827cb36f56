"""Imports what a server has imported once each of its pages was opened."""

import pkgutil
from importlib import import_module

import streamlit.web.bootstrap
import streamlit.web.cli  # noqa: F401

import steering.web

for module in pkgutil.walk_packages(steering.web.__path__, "steering.web."):
    import_module(module.name)
