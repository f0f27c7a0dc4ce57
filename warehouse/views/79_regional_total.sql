-- Sums over the divisions of one level under one parent (division_below), of what is said of each as a whole (division_figure), beside the
-- figure that the parent's own bureaus give. Nothing is filled in for those that do not report: reporting of existing says how many there
-- are, published how many of them have any report of that year in the warehouse. A difference is for the audit, never a correction.
--   value         only where every reporting division has an exact figure
--   lower, upper  sums of what the words allow, exact figures among them; null where one of the figures is not bounded
--   at_least      the sum of the lower bounds, 0 where there is none: levels are never negative
-- Where a province has both prefectures and counties right below, right_below adds them up together; prefecture and county alone are a
-- part of it then (whole = false).
CREATE OR REPLACE VIEW regional_total AS
WITH summed AS (
    SELECT
        b.parent_code, b.child_level, f.metric, f.measure, f.year,
        any_value(f.unit) AS unit,
        count(*) FILTER (WHERE f.state <> 'left_out') AS reporting,
        count(*) FILTER (WHERE f.state = 'exact') AS exact,
        count(*) FILTER (WHERE f.state = 'conflicting') AS conflicting,
        count(*) FILTER (WHERE f.state = 'left_out') AS left_out,
        sum(f.value) FILTER (WHERE f.state = 'exact') AS sum_of_exact,
        CASE WHEN exact = reporting THEN sum_of_exact END AS value,
        CASE WHEN count(f.lower) = reporting THEN sum(f.lower) END AS lower,
        CASE WHEN count(f.upper) = reporting THEN sum(f.upper) END AS upper,
        sum(coalesce(f.lower, 0)) FILTER (WHERE f.state <> 'left_out') AS at_least,
        sum(f.rounding) FILTER (WHERE f.state <> 'left_out') AS rounding
    FROM division_figure AS f
    JOIN division_below AS b
        ON b.division_code = f.division_code AND f.year BETWEEN b.valid_from AND coalesce(b.valid_to, 9999)
    GROUP BY b.parent_code, b.child_level, f.metric, f.measure, f.year
),
existing AS (
    SELECT s.parent_code, s.child_level, s.year, count(DISTINCT b.division_code) AS existing, count(DISTINCT b.level) AS levels
    FROM (SELECT DISTINCT parent_code, child_level, year FROM summed) AS s
    JOIN division_below AS b
        ON b.parent_code = s.parent_code AND b.child_level = s.child_level
        AND s.year BETWEEN b.valid_from AND coalesce(b.valid_to, 9999)
    GROUP BY ALL
),
-- What a level leaves out of the parent: divisions right below of another level, unless they have divisions of this level themselves.
gap AS (
    SELECT DISTINCT e.parent_code, e.child_level, e.year
    FROM existing AS e
    JOIN division_shown AS d
        ON d.parent_code = e.parent_code AND d.level <> e.child_level AND e.year BETWEEN d.valid_from AND coalesce(d.valid_to, 9999)
    LEFT JOIN division_shown AS c
        ON c.parent_code = d.division_code AND c.level = e.child_level AND e.year BETWEEN c.valid_from AND coalesce(c.valid_to, 9999)
    WHERE e.child_level <> 'right_below' AND c.division_code IS NULL
),
report AS (
    SELECT DISTINCT e.report_year AS year, k.division_code
    FROM (SELECT DISTINCT bureau_id, report_year FROM extraction_shown WHERE report_year IS NOT NULL) AS e
    JOIN bureau_shown AS u ON u.bureau_id = e.bureau_id
    JOIN division_known_as AS k
        ON k.known_as = u.division_code AND e.report_year BETWEEN k.valid_from AND coalesce(k.valid_to, 9999)
    QUALIFY row_number() OVER (PARTITION BY u.division_code, e.report_year ORDER BY k.distance, k.division_code) = 1
),
published AS (
    SELECT b.parent_code, b.child_level, r.year, count(*) AS published
    FROM report AS r
    JOIN division_below AS b
        ON b.division_code = r.division_code AND r.year BETWEEN b.valid_from AND coalesce(b.valid_to, 9999)
    GROUP BY ALL
),
compared AS (
    SELECT
        s.*,
        e.existing,
        coalesce(p.published, 0) AS published,
        g.parent_code IS NULL AS whole,
        own.state AS parent_state,
        own.value AS parent_value,
        own.lower AS parent_lower,
        own.upper AS parent_upper,
        own.fact_id AS parent_fact_id,
        own.document_id AS parent_document_id,
        coalesce(own.rounding, 0) + coalesce(s.rounding, 0) AS slack
    FROM summed AS s
    JOIN existing AS e USING (parent_code, child_level, year)
    LEFT JOIN gap AS g USING (parent_code, child_level, year)
    LEFT JOIN published AS p USING (parent_code, child_level, year)
    LEFT JOIN division_figure AS own
        ON own.division_code = s.parent_code AND own.metric = s.metric AND own.measure = s.measure AND own.year = s.year
        AND own.state <> 'left_out'
    WHERE s.child_level <> 'right_below' OR e.levels > 1
)
SELECT
    c.parent_code,
    d.division AS parent,
    c.child_level,
    c.metric,
    m.name_zh,
    c.measure,
    c.year,
    c.unit,
    c.reporting,
    c.published,
    c.existing,
    c.whole,
    c.exact,
    c.conflicting,
    c.left_out,
    c.value,
    c.lower,
    c.upper,
    c.at_least,
    c.sum_of_exact,
    c.parent_state,
    c.parent_value,
    c.parent_lower,
    c.parent_upper,
    CASE WHEN c.parent_state = 'exact' THEN c.parent_value - c.value END AS difference,
    CASE
        WHEN c.parent_state IS NULL OR c.reporting = 0 THEN NULL
        WHEN c.at_least - c.slack > c.parent_upper THEN FALSE
        WHEN c.whole AND c.reporting = c.existing AND c.upper + c.slack < c.parent_lower THEN FALSE
        ELSE TRUE
    END AS admitted,
    c.parent_fact_id,
    c.parent_document_id
FROM compared AS c
JOIN metric_shown AS m ON m.metric = c.metric
JOIN division_shown AS d
    ON d.division_code = c.parent_code AND c.year BETWEEN d.valid_from AND coalesce(d.valid_to, 9999);

COMMENT ON VIEW regional_total IS 'Sums over the divisions of one level under one parent, with bounds and with how many of how many report, beside the parent''s own figure. Additive metrics, figures of the jurisdiction, whole years.';
COMMENT ON COLUMN regional_total.parent_code IS 'Province or prefecture that the sum is for.';
COMMENT ON COLUMN regional_total.parent IS 'Its name in that year.';
COMMENT ON COLUMN regional_total.child_level IS 'prefecture; county (below a province all of its counties); or right_below: prefectures and counties right below a province together.';
COMMENT ON COLUMN regional_total.measure IS 'stock or flow.';
COMMENT ON COLUMN regional_total.reporting IS 'Divisions with a figure in the sum.';
COMMENT ON COLUMN regional_total.published IS 'Divisions with any report of that year in the warehouse, whatever it says.';
COMMENT ON COLUMN regional_total.existing IS 'Divisions of that level that stood under the parent in that year.';
COMMENT ON COLUMN regional_total.whole IS 'True when the divisions of that level make up the whole parent.';
COMMENT ON COLUMN regional_total.exact IS 'Divisions with an exact figure.';
COMMENT ON COLUMN regional_total.conflicting IS 'Divisions whose figures exclude each other: they are in lower and upper only.';
COMMENT ON COLUMN regional_total.left_out IS 'Divisions that give the metric, but nothing that can be summed: part of the year, part of the metric, bureau not settled (division_figure).';
COMMENT ON COLUMN regional_total.value IS 'Sum of the reporting divisions, in the unit; null unless each of them has an exact figure.';
COMMENT ON COLUMN regional_total.lower IS 'Least that the sum of the reporting divisions can be; null = one of them is not bounded below.';
COMMENT ON COLUMN regional_total.upper IS 'Most that it can be; null = one of them is not bounded above.';
COMMENT ON COLUMN regional_total.at_least IS 'Like lower, with 0 for those that are not bounded below.';
COMMENT ON COLUMN regional_total.sum_of_exact IS 'Sum of the exact figures alone; the others are not in it.';
COMMENT ON COLUMN regional_total.parent_state IS 'exact, bounded or conflicting: what the parent''s own bureaus say of the whole; null = nothing.';
COMMENT ON COLUMN regional_total.parent_value IS 'Their figure, in the unit.';
COMMENT ON COLUMN regional_total.parent_lower IS 'Its lower bound; the figure itself where it is exact.';
COMMENT ON COLUMN regional_total.parent_upper IS 'Its upper bound; the figure itself where it is exact.';
COMMENT ON COLUMN regional_total.difference IS 'parent_value less value, where both are exact; what unreported divisions have is in it.';
COMMENT ON COLUMN regional_total.admitted IS 'False when the divisions exclude the parent''s figure beyond rounding: some of them exceed it, or all of them fall short; null without a figure to compare.';
COMMENT ON COLUMN regional_total.parent_fact_id IS 'Fact of the parent''s figure.';
COMMENT ON COLUMN regional_total.parent_document_id IS 'Document that says it.';
