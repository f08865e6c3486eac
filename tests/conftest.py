"""Fixtures for every ring of tests."""

from __future__ import annotations

import os
import tempfile

# Before Django reads its settings: tests keep their files apart from any real installation.
os.environ["LINLI_HOME"] = tempfile.mkdtemp(prefix="linli-test-")
