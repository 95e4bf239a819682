"""The Python door of DataChat."""
