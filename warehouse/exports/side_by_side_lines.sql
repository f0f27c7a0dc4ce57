-- cross_bureau.csv, line by line: the bureau and year, and lists of the same length of the columns that have a figure, the figures, and
-- how to read them. Table side_by_side holds the rows of side_by_side.sql.
SELECT
    bureau_id, bureau, division_code, division, year,
    list(column_name) FILTER (column_name IS NOT NULL) AS columns,
    list(plain_number(value)) FILTER (column_name IS NOT NULL) AS figures,
    list(reading) FILTER (column_name IS NOT NULL) AS readings
FROM side_by_side
GROUP BY bureau_id, bureau, division_code, division, year
ORDER BY division_code NULLS LAST, bureau_id, year;
