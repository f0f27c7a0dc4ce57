-- How much of each family of metrics the bureaus report in a year. A cell is a bureau and a metric that anybody reports.
-- share_said is the share in % of cells with a figure or a stated zero; not_reported is not zero.
-- $year (year, default all): year of the reports, as 2024
SELECT
    family,
    year,
    count(DISTINCT bureau_id) AS bureaus,
    count(DISTINCT bureau_id) FILTER (WHERE state <> 'not_reported') AS bureaus_reporting,
    count(DISTINCT metric) AS metrics,
    count(*) FILTER (WHERE state = 'value') AS figures,
    count(*) FILTER (WHERE state = 'stated_zero') AS stated_zeros,
    count(*) FILTER (WHERE state = 'parts_only') AS parts_only,
    count(*) FILTER (WHERE state = 'not_reported') AS not_reported,
    CAST(100.0 * count(*) FILTER (WHERE state IN ('value', 'stated_zero')) / count(*) AS DECIMAL(5, 1)) AS share_said
FROM coverage
WHERE $year IS NULL OR year = $year
GROUP BY family, year
ORDER BY year DESC, family;
