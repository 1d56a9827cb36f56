"""Fails unless the browser tests were collected and none was skipped; a green run without them proves little.

python .ci/browser_tests_ran.py tests.xml    the JUnit report of the run
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

report = ElementTree.fromstring(Path(sys.argv[1]).read_text(encoding="utf-8"))
cases = [case for case in report.iter("testcase") if case.get("classname", "").startswith("tests.browser.")]
skipped = [case.get("name", "") for case in cases if case.find("skipped") is not None]
sys.stdout.write(f"{len(cases)} browser tests, {len(skipped)} skipped {' '.join(skipped)}\n")
sys.exit(not cases or bool(skipped))
