"""Any foreign event log, by a mapping alone: read, staged, put in order of time.

``mapping`` says what the columns mean, a reader turns the file into entries,
``staging`` orders them; nothing here decides or writes to the log.
"""
