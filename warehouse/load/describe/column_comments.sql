-- What the columns of one table or view mean.
SELECT column_name, comment FROM duckdb_columns() WHERE table_name = $object AND NOT internal ORDER BY column_index
