"""What every test shares: examples are drawn without a clock, so that a busy machine fails nothing."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("measures", deadline=None)
settings.load_profile("measures")
