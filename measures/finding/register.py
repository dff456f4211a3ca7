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
    Kind("V017", "hint", "Prepared again", "The register moved while this was prepared: {meanwhile}. It was prepared again over what was added.", "Nothing needs to be done; look at what was added if it is about the same."),
    Kind("V018", "error", "Line not an entry", "Line {line} is not an entry in canonical form.", "Export the register again; a line is copied whole and as it is."),
    Kind("V019", "error", "Line too long", "Line {line} has more than {most} bytes.", "No entry is that long. Export the register again."),
    Kind("V020", "error", "Line out of order", "Line {line} does not follow line {before}.", "A line was altered, removed, inserted or moved here. Export the register again."),
    Kind("V021", "error", "Not the expected head", "The file has head {found}; {expected} was expected.", "It is an export of another moment or of another register, or it was cut off or altered."),
    Kind("V022", "error", "No entries", "The file holds no entry.", "Export the register again."),
    Kind("V023", "error", "Changed while it was read", "The file changed while it was imported.", "Nothing was written. Import it again when nobody writes to it."),
    Kind("V024", "warning", "May do more than append", "The role {role} may {power}.", "Take it away: measures export roles prints what writers and readers need."),
    Kind("V025", "error", "Look-up index altered", "The index by which entries are found does not match them: {problem}.", "An entry may be overlooked when it is asked for. Restore the database from a copy."),
    # V050-V069: files in custody, rules, editions and approvals
    Kind("V050", "warning", "Own file differs", "{file} is no longer the file that was taken in; the vault still has that one.", "Nothing is lost. Put the vault's copy back under this name, or record the new file as evidence of its own."),
    Kind("V051", "error", "Evidence file gone", "{file} is neither in the vault nor under its own name; SHA-256 {expected} was taken in.", "Restore it from a copy of the evidence folder; the register says what it must be."),
    Kind("V052", "error", "Vault copy altered", "The vault's copy of {file} has SHA-256 {found}; {expected} was taken in.", "Remove the altered copy and restore it from a copy of the evidence folder, or from the file under its own name: measures evidence keep."),
    Kind("V053", "warning", "Not in the vault", "{file} is held under its own name only; the vault has no copy of it.", "Take it in: measures evidence keep."),
    Kind("V054", "warning", "Erased and still there", "{file} was erased by entry {seq}, and its bytes are still in the evidence folder.", "Run measures evidence erase again; it adds no second entry."),
    Kind("V055", "warning", "Stranger in the vault", "{file} is in the vault and no entry names it.", "A recording that was broken off may have left it; otherwise ask who put it there. It may be removed."),
    Kind("V056", "hint", "File nobody recorded", "{file} is in the evidence folder and no entry names it.", "Name it in evidence.csv, or keep it elsewhere."),
    Kind("V030", "error", "Not a checkpoint", "{problem}", "Get it again from where it was published, whole and as it was."),
    Kind("V031", "error", "Checkpoint of another register", "Expected a checkpoint of {expected}, got one of {found}.", "Hold it against the register it was made from. If it is this one, its mission entry was changed."),
    Kind("V032", "error", "Shorter than its checkpoint", "The register ends at entry {size}, but {source} covers {covered}: entry {first} and what follows it are gone.{alone}", "The end was cut off or an older copy put in place. Restore the register from a copy."),
    Kind("V033", "error", "Not what the checkpoint covers", "The first {covered} entries are not those that {source} covers: entry {first} or a later one was changed.{alone}", "The chain was made anew, or this is another register. Compare with a copy."),
    Kind("V034", "error", "Signature does not hold", "The signature of {name} on {source} does not hold with key {key}.", "Text or signature were altered. Get the checkpoint again from where it was published."),
    Kind("V035", "warning", "Signed by an unknown key", "{source} is signed by {name} with key {key}, which is not known here.", "If you trust whoever holds the key: measures verify --vkey FILE, or put the file in keys/."),
    Kind("V036", "error", "Signed outside the time of the key", "{source} covers {covered} entries; key {key} that signed it was in use {span}.", "Ask who holds the key; a key that was given up may be in other hands."),
    Kind("V037", "warning", "Not signed", "{source} is not signed, though key {key} was in use.", "Whoever holds the key signs it where the key lies: measures checkpoint --at SIZE --out FILE."),
    Kind("V038", "warning", "Key not recorded", "{source} is signed with key {key} of {file}, which no entry puts in use.", "Ask who holds the key how the file came there."),
    Kind("V039", "error", "Not a public key", "{problem}", "Get it again from whoever holds the key; it is one line, name+id+key."),
    Kind("V040", "error", "Second signature does not hold", "ssh-keygen does not accept it for {source}: {problem}.", "It was made on another text or by somebody else. Ask who signed."),
    Kind("V041", "warning", "Not checked for want of a program", "It was not checked: {program} is not on this machine.", "Verify again where the program is."),
    Kind("V042", "error", "Time stamp does not hold", "openssl does not accept it for {source}: {problem}.", "It was made on another text, or keys/tsa.pem is of another service."),
    Kind("V043", "warning", "Nothing to check against", "It was not checked: there is no {needed}.", "Put there whom you trust; see docs/how-to/sign-checkpoints.md."),
)
# fmt: on
