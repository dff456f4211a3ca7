"""Findings of verification (V)."""

from __future__ import annotations

from measures.finding.kind import Kind

# fmt: off
KINDS = (
    # V: verification
    Kind("V001", "error", "Entry altered", "Entry {seq} does not match its digest.", "Its content was changed after it was written, or the digest was. Compare with a copy."),
    Kind("V002", "error", "Chain broken", "Entry {seq} does not follow entry {before}.", "An entry was altered, removed, inserted or moved here. Compare with a copy."),
    Kind("V003", "error", "Entry missing", "Entry {seq} is missing.", "It was removed. Restore the register from a copy."),
    Kind("V004", "error", "Tail cut off", "The register ends at entry {size}, but {source} says {expected}: entry {first} and what follows it are gone.", "Restore the register from a copy."),
    Kind("V005", "error", "Not the recorded head", "Entry {seq} has digest {found}, but {source} says {expected}.", "The register was rewritten from here or before. Compare with a copy."),
    Kind("V006", "error", "Look-up column altered", "The column {column} of entry {seq} does not match its content.", "Somebody wrote to the database by hand. Restore it from a copy."),
    Kind("V007", "error", "Not canonical", "Entry {seq} is not in canonical form.", "It was not written by this product."),
    Kind("V008", "error", "Guard missing", "The {what} {name} that keeps the register append-only is gone or was altered.", "Somebody altered the database by hand. Restore it from a copy."),
    Kind("V009", "warning", "No head kept", "No head file lies beside the register, so a cut-off tail would not show.", "Compare the head printed in a report: measures verify --head SIZE:DIGEST."),
    Kind("V010", "error", "Not a register", "Expected a register, got {what}.", "Restore register.db from a copy."),
    Kind("V011", "error", "Head file damaged", "{problem}", "Compare the register with a printed head; then put the head file back from a copy or remove it."),
    Kind("V012", "hint", "Head file behind", "The head file covers {kept} of {size} entries.", "The next append brings it up to date; until then a cut in the entries after {kept} would not show."),
    Kind("V013", "error", "Evidence file altered", "{file} has SHA-256 {found}; {expected} was taken in.", "Restore the file from a copy, or record the new file as evidence of its own."),
    Kind("V014", "error", "Database damaged", "After entry {seq} the register reads as {problem}.", "Restore it from a copy."),
    Kind("V015", "error", "More of the same", "{count} further breaks were found and are not listed.", "Mend the first one; the rest may follow from it."),
    Kind("V016", "error", "Stranger in the register", "The database holds a {what} {name} that is no part of a register.", "Somebody altered the database by hand. Restore it from a copy."),
)
# fmt: on
