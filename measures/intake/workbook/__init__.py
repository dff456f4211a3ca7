"""The adviser's workbook: written, filled in without a network, and read back.

``layout`` is what the two doors share; ``door_out`` alone knows the library that writes.
"""
