"""Officers: who works where. A name here is the one on the window's badge."""
