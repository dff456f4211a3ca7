"""``python -m measures`` does what the command ``measures`` does."""

from measures.cli import main

main()
