-- The columns of cross_bureau.csv: what each is called, its place among the others, and whether a figure in it needs words to be read.
-- Table side_by_side holds the rows of side_by_side.sql.
SELECT
    column_name,
    family, metric, other_measure, other_scope,
    name_zh, unit,
    CASE WHEN other_measure THEN measure END AS measure,
    CASE WHEN other_scope THEN scope END AS scope,
    bool_or(reading <> '') AS in_words
FROM side_by_side
WHERE column_name IS NOT NULL
GROUP BY ALL
ORDER BY ALL;
