"""What axe finds on an open page, without what Streamlit itself causes."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What Streamlit itself causes and no setting of ours can change: rule of axe → where → why it stands.
STREAMLITS_OWN: dict[str, dict[str, str]] = {}


def findings(page: Page) -> list[str]:
    """Each violation with the element at which it is."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']} at {' '.join(map(str, node['target']))[-120:]}: {node['failureSummary'][-200:]}"
        for violation in violations
        for node in violation["nodes"]
        if not _is_streamlits_own(violation["id"], " ".join(map(str, node["target"])))
    ]


def _is_streamlits_own(rule: str, target: str) -> bool:
    return any(place in target for place in STREAMLITS_OWN.get(rule, {}))
