"""The sentences for files that cannot be read: what happened, and what to do."""

from app.core.imports import N_, Message
from app.imports.files.faults import Fault

SENTENCES = {
    Fault.GONE: N_("The file of this import is no longer here. Bring it again."),
    Fault.TAKEN: N_(
        "Somebody who may stand in the file of this import was erased, so the file was taken away and nobody can go on "
        "with it. Bring a new file, without that person."
    ),
    Fault.EMPTY: N_("This file is empty. Check that the export finished, then choose the file again."),
    Fault.NOT_A_TABLE: N_("This file is not a table. Choose a CSV, TSV, XLSX, XLSM or ODS file."),
    Fault.WEB_PAGE: N_(
        "This file is a web page, whatever its name says. Open it in your spreadsheet program, save it as XLSX or CSV."
    ),
    Fault.LEGACY: N_(
        "This workbook is in an old or binary Excel format. Open it in your spreadsheet program and save it as XLSX."
    ),
    Fault.ENCRYPTED: N_("This file is protected by a password. Remove the password and choose the file again."),
    Fault.DAMAGED: N_(
        "This file is damaged and cannot be opened. Open it in your spreadsheet program, save it anew and try again."
    ),
    Fault.SUSPICIOUS: N_(
        "This file is built in a way that no spreadsheet program does, so it was not opened. "
        "Save it anew in your spreadsheet program, or as CSV."
    ),
    Fault.TOO_MANY_PARTS: N_("This file holds too many parts to be a plain table. Save the sheet you need as CSV."),
    Fault.TOO_MUCH_INSIDE: N_("This file unpacks to more than 300 MB. Save the sheet you need as CSV."),
    Fault.TOO_MUCH_MEMORY: N_(
        "This sheet needs more memory than an import may use. Often a single cell far right or far below is the cause: "
        "delete the empty rows and columns beyond the table, or save the sheet as CSV."
    ),
    Fault.TOO_SLOW: N_("This sheet takes too long to open. Save the sheet you need as CSV."),
    Fault.TOO_MANY_COLUMNS: N_(
        "This table has %(columns)s columns; at most %(limit)s can be read. "
        "Delete the columns that are not needed, also those that only look empty."
    ),
    Fault.TOO_MANY_ROWS: N_(
        "This sheet has %(rows)s rows; of a sheet at most %(limit)s can be read. "
        "Save it as CSV, which has no such limit."
    ),
    Fault.LONG_CELL: N_(
        "A cell on line %(line)s is longer than %(limit)s characters. "
        "Often a quotation mark that is opened and never closed is the cause."
    ),
    Fault.NO_SUCH_SHEET: N_("There is no sheet “%(sheet)s” in this file. It has: %(sheets)s."),
    Fault.NO_TITLED_SHEET: N_("No sheet of this file has “%(title)s” above its table. Choose the sheet by its name."),
    Fault.TITLED_TWICE: N_(
        "Several sheets of this file have “%(title)s” above their tables: %(sheets)s. Choose one by its name."
    ),
    Fault.BROKEN_TEXT: N_(
        "Line %(line)s holds characters that no text file has. The file was cut or damaged on its way: export it again."
    ),
    Fault.OPEN_QUOTE: N_(
        "The file ends in the middle of the row that begins on line %(line)s: "
        "a quotation mark is opened and never closed. "
        "The export may have been cut off: export it again, or mend that line."
    ),
}


class UnreadableFile(Exception):
    """The file as a whole cannot be read; `message` is the sentence for the person who brought it."""

    def __init__(self, fault: Fault, **params: str) -> None:
        self.fault = fault
        self.message = Message(SENTENCES[fault], params)
        super().__init__(str(self.message))
