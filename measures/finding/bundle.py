"""Findings about bundles (B)."""

from __future__ import annotations

from measures.finding.kind import Kind

# fmt: off
KINDS = (
    # B: bundles
    Kind("B001", "error", "Not a bundle", "Expected a bundle, a folder or a ZIP file with SHA256SUMS in it, got {what}.", "Name the folder or the file that was handed over."),
    Kind("B002", "error", "Archive refused", "Expected an archive that can be unpacked safely, but {problem}.", "Ask for the bundle again, or unpack it yourself and name the folder."),
    Kind("B003", "error", "Name refused", "Expected the name of a plain file of a bundle, got {path!r}.", "Nothing of this bundle was used. Ask for it again."),
    Kind("B004", "error", "Listed file missing", "SHA256SUMS lists {name}, but it is not there.", "Ask for the bundle again."),
    Kind("B005", "error", "File not listed", "{name} is there, but SHA256SUMS does not list it.", "Somebody added it. Ask for the bundle again."),
    Kind("B006", "error", "File altered", "{name} has SHA-256 {found}; SHA256SUMS says {expected}.", "It was changed after the bundle was made. Ask for the bundle again."),
    Kind("B007", "error", "Not of its form", "Expected {name} to hold {what}.", "It was not written by this product, or changed since. Ask for the bundle again."),
    Kind("B008", "error", "Not a line of the register", "Line {seq} is neither an entry in canonical form nor a hole.", "It was altered. Ask for the bundle again."),
    Kind("B009", "error", "Line out of the chain", "Line {seq} does not follow the line before it.", "A line was altered, removed, inserted or moved here. Ask for the bundle again."),
    Kind("B010", "error", "Not the checkpoint", "At {size} entries the register has the root {found}; {name} says {expected}.", "The register is another one than the checkpoint was made of, or was rewritten."),
    Kind("B011", "error", "Not the head", "{name} was made from the head {expected}; the register has {found} there.", "The file belongs to another register, or one of the two was rewritten."),
    Kind("B012", "error", "Not as recorded", "{name} is not what entry {seq} recorded.", "It was exchanged. Ask for the bundle again."),
    Kind("B013", "error", "In no entry", "{name} is recorded by no entry that is shown.", "It was added, or should have been withheld. Tell whoever made the bundle."),
    Kind("B014", "error", "Not what it says of itself", "bundle.json says {said}; the bundle has {found}.", "Lines or files were added or taken away. Ask for the bundle again."),
    Kind("B015", "hint", "Entries withheld", "{withheld} of {size} entries lie above the ceiling and are withheld.", "Where they stood is proved; what they said is not."),
    Kind("B016", "error", "Evidence missing", "Entry {seq} took a file into custody that the bundle does not hold.", "Ask for the bundle again."),
    Kind("B017", "error", "Signature wrong", "The signature of {key} on {name} does not hold.", "The checkpoint was altered, or signed by somebody else under that name."),
    Kind("B018", "warning", "Key not in the bundle", "{name} is signed by {key}, whose public key the bundle does not hold.", "Check it with the key that you were given on another way."),
    Kind("B019", "hint", "No signature in it", "No checkpoint of the bundle bears a signature.", "They prove something to whoever has held one, or a head on paper, since before."),
)
# fmt: on
