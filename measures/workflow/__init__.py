"""The verbs: values in, values and findings out; no printing, no clock.

Each verb is a module, imported where it is used: some need pandas or a renderer, and
verifying or tracing on a slow laptop should not wait for either.
"""
