"""Files as they come: archives checked, sheets read in a child process, delimited text streamed.

The door is `app.imports.reading`.
"""
