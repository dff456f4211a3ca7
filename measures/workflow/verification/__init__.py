"""What verifying looks at, a check a module, run in turn by :mod:`measures.workflow.verify`."""
