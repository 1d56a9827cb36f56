"""What axe finds on an open page, without what Streamlit itself causes."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# A colour on its way from one theme to the other is nobody's contrast.
STILL = """() => document.getAnimations().every(
    one => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity
)"""

# What Streamlit itself causes and no setting of ours can change: rule of axe → part of the element.
STREAMLITS_OWN = {"presentation-role-conflict": 'data-testid="stFileUploaderDropzone"'}


def findings(page: Page) -> list[str]:
    """Each violation with the element at which it is, once nothing moves and nothing is pointed at any more.

    A page that has moved below the pointer shows a tooltip, which Streamlit draws outside of all landmarks.
    """
    page.mouse.move(0, 0)
    page.wait_for_function("() => !document.querySelector('[role=tooltip]')")
    page.wait_for_function(STILL)
    return [
        f"{violation['id']} at {node['html'][:200]}: {node['failureSummary'][-200:]}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
        if STREAMLITS_OWN.get(violation["id"], "nowhere") not in node["html"]
    ]
