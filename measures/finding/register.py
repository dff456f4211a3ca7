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
    # V050-V069: files in custody, rules, editions and approvals
    Kind("V050", "warning", "Own file differs", "{file} is no longer the file that was taken in; the vault still has that one.", "Nothing is lost. Put the vault's copy back under this name, or record the new file as evidence of its own."),
    Kind("V051", "error", "Evidence file gone", "{file} is neither in the vault nor under its own name; SHA-256 {expected} was taken in.", "Restore it from a copy of the evidence folder; the register says what it must be."),
    Kind("V052", "error", "Vault copy altered", "The vault's copy of {file} has SHA-256 {found}; {expected} was taken in.", "Remove the altered copy and restore it from a copy of the evidence folder, or from the file under its own name: measures evidence keep."),
    Kind("V053", "warning", "Not in the vault", "{file} is held under its own name only; the vault has no copy of it.", "Take it in: measures evidence keep."),
    Kind("V054", "warning", "Erased and still there", "{file} was erased by entry {seq}, and its bytes are still in the evidence folder.", "Run measures evidence erase again; it adds no second entry."),
    Kind("V055", "warning", "Stranger in the vault", "{file} is in the vault and no entry names it.", "A recording that was broken off may have left it; otherwise ask who put it there. It may be removed."),
    Kind("V056", "hint", "File nobody recorded", "{file} is in the evidence folder and no entry names it.", "Name it in evidence.csv, or keep it elsewhere."),
)
# fmt: on
