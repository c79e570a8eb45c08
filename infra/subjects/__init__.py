"""For each subject: which streams a command reads, and where its events go."""
