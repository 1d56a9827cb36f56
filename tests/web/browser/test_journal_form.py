"""What Streamlit is told about the log."""

import tomllib

from tests.conftest import PROJECT


def test_tracebacks_keep_the_form_of_the_log_where_rich_is_installed():
    """Streamlit prints them past the log with the package, which comes with what developers install."""
    config = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["logger"]["enableRich"] is False
