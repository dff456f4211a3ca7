"""What :class:`measures.register.share.Share` starts: one share of a long walk, told and answered in JSON."""

from __future__ import annotations

import sys

from measures.register.share import main

if __name__ == "__main__":
    sys.exit(main())
