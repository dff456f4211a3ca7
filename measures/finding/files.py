"""Findings about files and documents (F), and the shape of a record (S)."""

from __future__ import annotations

from measures.finding.kind import Kind

# fmt: off
KINDS = (
    # F: files and documents
    Kind("F001", "error", "File missing", "Expected the file {name}, found none.", "Correct its name, or add it; `measures new` shows a folder that works."),
    Kind("F002", "error", "Not text", "Expected UTF-8 text, got bytes that are not.", "Save the file again as UTF-8."),
    Kind("F003", "error", "File too large", "Expected at most {limit} bytes, got {size}.", "Split the file, or remove what does not belong in it."),
    Kind("F004", "error", "Not YAML", "Expected YAML, but {problem}.", "Mend the line; indent with spaces and quote texts that hold a colon."),
    Kind("F005", "error", "Key given twice", "The key {key!r} stands twice here.", "Keep one of them."),
    Kind("F006", "error", "Alias refused", "Expected plain YAML, got an anchor, alias or tag ({what}).", "Write the value out in full."),
    Kind("F007", "error", "Nested too deep", "Expected at most {limit} levels of nesting, got more.", "Flatten the document."),
    Kind("F008", "error", "Not a table", "Expected a table with a header row, got {what}.", "Save the sheet as comma-separated UTF-8 with its header."),
    Kind("F009", "error", "Row of another width", "Expected {expected} cells, got {got}.", "Quote cells that hold commas; remove stray ones."),
    Kind("F010", "error", "Nothing to record", "Expected at least one table, plan or workbook in {folder}, found none.", "Name the folder that holds mission.yaml and the tables, or the workbooks (.xlsx) that came back."),
    Kind("F011", "error", "Outside the mission folder", "Expected a path inside the mission folder, got {path!r}.", "Put the file under evidence/ and name it from there."),
    Kind("F012", "error", "File not readable", "Expected to read {name}, but {problem}.", "Check that it is a plain file and that you may read it."),
    # S: shape of a record
    Kind("S001", "error", "Column missing", "Expected the column {column!r} in {table}, found none.", "Add it to the header row; cells may be empty where the reference says so."),
    Kind("S002", "error", "Unknown column", "{table} has no column {column!r}.{hint}", "Rename or remove the column."),
    Kind("S003", "error", "Cell empty", "Expected {column} to be filled, got an empty cell.", "Fill in {what}."),
    Kind("S004", "error", "Unknown word", "Expected {column} to be {allowed}, got {value!r}.{hint}", "Use one of the words given."),
    Kind("S005", "error", "Not of the right form", "Expected {column} to be {what}, got {value!r}.", "Write it in that form."),
    Kind("S006", "error", "Text too short", "Expected {column} to say {what} in at least {limit} characters, got {got}.", "Write what was seen, by whom and when."),
    Kind("S007", "error", "Given twice", "The {what} {value!r} stands on more than one row.", "Give each its own; a correction takes a new id and names the old one in supersedes."),
    Kind("S008", "error", "Key missing", "Expected the key {key!r} in {where}, found none.", "Add it: {what}."),
    Kind("S009", "error", "Unknown key", "{where} has no key {key!r}.{hint}", "Rename or remove the key."),
    Kind("S010", "error", "Wrong kind of value", "Expected {where} to be {what}, got {got}.", "Write it in that shape."),
    Kind("S011", "error", "Text too long", "Expected {column} to hold at most {limit} characters, got {got}.", "Shorten the text; put the long version in evidence."),
    Kind("S012", "error", "Control character", "Expected plain text in {column}, got the character U+{character}.", "Delete the character; pasting as plain text avoids it."),
)
# fmt: on
