"""The Python face of reports: handles over a session. Changes go through the commands that people use."""
