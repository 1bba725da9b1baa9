"""The office's overview: figures counted over the rows of the reports, and charts."""
