"""The settings that tests run with: the real ones, with files of their own and a fixed day.

The environment is set before the real settings are read; processes that tests start inherit it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["LINLI_HOME"] = tempfile.mkdtemp(prefix="linli-test-")
os.environ["LINLI_TODAY"] = "2021-06-20"

from linli.config.settings import *  # noqa: F403  # after the environment
from linli.config.settings import KEYS_FILE
from linli.records.keys.ring import make

make(Path(KEYS_FILE))

# Hundreds of tests sign somebody in; those that are about hashing ask for the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
