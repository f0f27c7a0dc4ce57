-- Every division below a province or a prefecture with what it gives for a metric and year: the terms of regional_sums, and the gaps.
-- state: exact, bounded, conflicting, left_out (with the reason), not_said (a report without the figure) or no_report.
-- $metric (metric): id of the metric, as high_tech_enterprises
-- $year (year): the year that the figures are about, as 2024
-- $parent (division): GB/T 2260 code of the province or prefecture, as 650000
-- $level (text, default all): prefecture, county, or right_below (what stands right below a province, of both levels)
WITH report AS (
    SELECT DISTINCT k.division_code
    FROM extraction_shown AS e
    JOIN bureau_shown AS u ON u.bureau_id = e.bureau_id
    JOIN division_known_as AS k ON k.known_as = u.division_code AND $year BETWEEN k.valid_from AND coalesce(k.valid_to, 9999)
    WHERE e.report_year = $year
)
SELECT
    b.child_level,
    b.division_code,
    b.division,
    f.measure,
    coalesce(f.state, CASE WHEN r.division_code IS NULL THEN 'no_report' ELSE 'not_said' END) AS state,
    f.left_out,
    f.value,
    f.lower,
    f.upper,
    f.unit,
    f.mentions,
    f.text,
    f.sentence,
    f.fact_id
FROM division_below AS b
LEFT JOIN division_figure AS f ON f.division_code = b.division_code AND f.metric = $metric AND f.year = $year
LEFT JOIN report AS r ON r.division_code = b.division_code
WHERE b.parent_code = $parent
  AND $year BETWEEN b.valid_from AND coalesce(b.valid_to, 9999)
  AND ($level IS NULL OR b.child_level = $level)
ORDER BY b.child_level, f.measure DESC NULLS LAST, f.value DESC NULLS LAST, f.lower DESC NULLS LAST, b.division_code;
