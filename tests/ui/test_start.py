"""What stands ready before the first visitor comes."""

from __future__ import annotations

import subprocess
import sys

from tests.browser.server import ROOT

# In a process of its own: here other tests have imported everything already.
PROBE = """
import asyncio, sys
import app

async def start():
    async with app.lifespan(None):
        return "pandas" in sys.modules and "plotly.graph_objects" in sys.modules

print(asyncio.run(start()))
"""


def test_what_visitors_threads_must_not_import_at_once_is_there_before_them() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("True")
