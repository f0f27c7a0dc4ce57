"""The SQL of the warehouse, as package data: one object a file, readable by an analyst."""
