"""What every test shares: examples are drawn without a clock, so that a busy machine fails nothing.

And a PostgreSQL cluster for the tests that ask for one.
"""

from __future__ import annotations

from hypothesis import settings

from tests.postgres import address, cluster

__all__ = ["address", "cluster"]

settings.register_profile("measures", deadline=None)
settings.load_profile("measures")
