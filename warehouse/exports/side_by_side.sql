-- cross_bureau.csv, gathered cell by cell and laid out afterwards: one row a bureau and year, one column a metric and beside it, where
-- figures of it need words, how to read them.
SELECT * EXCLUDE (extraction_id, fact_id)
FROM wide_cells($years, $metrics, $bureaus);
