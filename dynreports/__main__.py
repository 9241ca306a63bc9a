"""`python -m dynreports` is `dynreports`."""

from __future__ import annotations

import sys

from dynreports.cli import main

sys.exit(main())
