"""Findings about workbooks that come back (W)."""

from __future__ import annotations

from measures.finding.kind import Kind

# fmt: off
KINDS = (
    # W001-W006: the file itself
    Kind("W001", "error", "Not a workbook", "Expected an Excel workbook (.xlsx), got {what}.", "Open it in the spreadsheet program and save it as Excel workbook (.xlsx)."),
    Kind("W002", "error", "Workbook encrypted", "The workbook is protected by a password, so that nothing in it can be read.", "Save it without a password to open it; send it by a channel that protects it."),
    Kind("W003", "error", "Workbook damaged", "Expected a whole workbook, but {problem}.", "Open and save it again, or ask for the file once more."),
    Kind("W004", "error", "Workbook too large", "Expected at most {limit} {what}, got {got}.", "Delete what does not belong in it; a fresh workbook is made by `measures workbook`."),
    Kind("W005", "error", "Workbook that acts or reaches out", "The workbook carries {what}; no workbook of the mission has any.", "Copy what was typed, as values, into a fresh workbook of `measures workbook`."),
    Kind("W006", "error", "Unsafe XML", "The part {part} declares a document type or entities, which no spreadsheet program writes.", "Do not open the file elsewhere; ask who sent it, and for a fresh copy."),
    # W007-W013: whose workbook it is
    Kind("W007", "error", "Workbook of another making", "Expected a workbook that `measures workbook` wrote, found no {what}.", "Copy what was typed, as values, into a fresh workbook of `measures workbook`."),
    Kind("W008", "error", "Other template version", "Expected a workbook of template {expected}, got {got}.", "Copy what was typed, as values, into a fresh workbook of `measures workbook`."),
    Kind("W009", "error", "Workbook of another mission", "The workbook is of the mission {got!r}, this register of {expected!r}.", "Name the right mission folder with --mission."),
    Kind("W010", "error", "Unknown assessor or quarter", "The workbook says {what} {value!r}, which mission.yaml does not know.", "Make a fresh workbook for somebody and a quarter that mission.yaml names."),
    Kind("W011", "error", "Made from another register", "The workbook was made from the head {head}, which this register never had.", "Record it where it was made, or copy what was typed into a fresh workbook of this register."),
    Kind("W012", "error", "Baseline altered", "What the hidden sheet {sheet} says was written is not what was written ({problem}).", "Copy what was typed, as values, into a fresh workbook: from this one it cannot be told what was edited."),
    Kind("W013", "error", "Calibration workbook", "This workbook is a calibration; it holds no scores of the mission.", "Give it alone: `measures record FILE` of a calibration reports the agreement and records nothing."),
    # W014-W024: sheets, columns, rows
    Kind("W014", "warning", "Sheet missing", "The sheet {sheet} is gone from the workbook; nothing was taken from it.", "Nothing to do if nothing was written on it; else copy its rows into a fresh workbook."),
    Kind("W015", "error", "Column of the workbook missing", "The column {column!r} of the sheet is gone.", "Put the column back with its hidden key in row 1, or copy what was typed into a fresh workbook."),
    Kind("W016", "error", "Two columns of one key", "The column {column!r} stands twice on the sheet, with other content.", "Delete the copy; what is said twice cannot both be meant."),
    Kind("W017", "hint", "Left unread", "{what} was added to the workbook and was not read.", "Nothing to do if it is a note of your own; what is meant for the register belongs in a cell of the workbook."),
    Kind("W018", "error", "Row unknown", "This row is none of the workbook's rows: {problem}.{hint}", "Type it into one of the empty rows that the workbook has for it, or delete it."),
    Kind("W019", "error", "Edited twice", "{column} of {row} is {value!r} here, and otherwise at {other}.", "Keep one of the two and delete the other row or sheet."),
    Kind("W020", "error", "Merged cells", "The cells {cells} are merged; only the first of them still holds anything.", "Unmerge them and fill in each."),
    Kind("W021", "warning", "Cell that is only to be read", "{column} was changed, but is only there to be read; the change was left out.", "Nothing to do; to have it changed, tell the lead adviser."),
    Kind("W022", "error", "Recorded row edited", "{row} is recorded already, and a workbook does not change it.", "Put the cell back to {base!r}, and type what is new into an empty row."),
    Kind("W023", "hint", "Row gone", "{row} was recorded or owed and is gone from the sheet; that changes nothing.", "Nothing to do; what is recorded stays, what is owed stays owed."),
    Kind("W024", "hint", "Second header", "This row repeats the headers; it was left out.", "Delete the row."),
    # W025-W032: what stands in a cell
    Kind("W025", "error", "Formula in a cell", "Expected {column} to be typed, got a formula.", "Type what it comes to, or paste it as a value."),
    Kind("W026", "error", "Error in a cell", "Expected {column} to be typed, got the error {value}.", "Type what was meant, or empty the cell."),
    Kind("W027", "error", "Taken for a date", "The spreadsheet program made the date {value} of what was typed in {column}.", "Format the cell as text and type it again."),
    Kind("W028", "error", "Date of two readings", "{value!r} in {column} may be {first} or {second}.", "Write year, month and day: {first} or {second}."),
    Kind("W029", "error", "Pasted web page", "{column} holds {value}, the markup of a web page.", "Paste it again as plain text."),
    Kind("W030", "hint", "Date understood", "{value!r} in {column} was read as {meant}.", "Nothing to do if that is the day that was meant; else write year, month and day."),
    Kind("W031", "error", "Number of two readings", "{value!r} in {column} may be a number or a text that was cut to one.", "Format the cell as text and type it again."),
    Kind("W032", "error", "Choice unknown", "{value!r} is none of the choices of {column}.{hint}", "Choose from the list of the cell; the word before the dot counts."),
    # W033-W040: what it means beside the register
    Kind("W033", "error", "Edited on stale ground", "{column} was {base} when the workbook was written, is {today} in the register now, and is {mine} here.", "Take the workbook's word with --take theirs --cells {cell}, keep the register's with --take ours --cells {cell}, or type it into a fresh workbook."),
    Kind("W034", "warning", "Nothing to take", "--take names {cell}, where the workbook and the register do not differ.", "Correct the cell, or leave it out."),
    Kind("W035", "error", "Scored against other words", "The workbook shows {pin} with the digest {got}; on record it has {expected}.", "Make a fresh workbook and score against the words that hold."),
    Kind("W036", "hint", "Reason for nothing", "A reason stands here, but nothing of the row was changed.", "Nothing to do; a reason is kept with what it is the reason for."),
    Kind("W037", "error", "Evidence shows no level", "{score!r} is no level, so that an id alone does not tell what {value} shows.", "Cite it on the sheet Citations and say what it shows there."),
    Kind("W038", "error", "Citation of a score that is not given", "The citation is for {value!r}, which has no score in this workbook or the register.{hint}", "Choose a row of Scores that has a score."),
    Kind("W039", "error", "Record emptied", "{row} is recorded and was emptied here; nothing that is recorded can be withdrawn so.", "Put back what stood there, or correct it and give the reason."),
    Kind("W040", "error", "Not this assessor's row", "{row} is not among the rows that this workbook was written with.{hint}", "Make a workbook for it: measures workbook with --milestones."),
)
# fmt: on
