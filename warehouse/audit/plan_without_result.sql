-- A figure planned for a year, in the report of the year before, of which the report of that year says nothing, and no other document
-- either. Reports of different kinds report different things and are not held against each other.
WITH report AS (
    SELECT DISTINCT d.bureau_id, d.document_id, d.report_year, e.kind
    FROM document_summary AS d
    JOIN extraction_shown AS e ON e.document_id = d.document_id
    WHERE d.report_year IS NOT NULL
),
plan AS (
    SELECT v.*, r.kind
    FROM observation AS v
    JOIN report AS r ON r.document_id = v.document_id
    WHERE v.status = 'planned' AND v.metric IS NOT NULL AND v.measure IN ('stock', 'flow') AND v.year = v.report_year + 1
      AND coalesce(v.value, v.lower, v.upper) > 0
    QUALIFY row_number() OVER (
        PARTITION BY v.bureau_id, v.metric, v.year ORDER BY v.part_of IS NOT NULL, v.narrowed, v.start, v.fact_id
    ) = 1
),
answered AS (
    SELECT DISTINCT bureau_id, metric, year FROM observation WHERE status = 'actual' AND metric IS NOT NULL
)
SELECT
    'notice' AS severity,
    p.bureau_id,
    p.document_id,
    p.metric,
    p.year,
    p.fact_id,
    figure_text(p.value, p.lower, p.upper, p.qualifier, p.unit) AS figure,
    p.sentence,
    NULL AS other_fact_id,
    'not reported' AS other_figure,
    NULL AS other_sentence,
    'Planned for ' || p.year || ': ' || p.label || ' ' || p.text
        || '; the report of ' || p.year || ' (' || r.document_id || ') gives no result.' AS message
FROM plan AS p
JOIN report AS r ON r.bureau_id = p.bureau_id AND r.report_year = p.year AND r.kind IS NOT DISTINCT FROM p.kind
ANTI JOIN answered AS a ON a.bureau_id = p.bureau_id AND a.metric = p.metric AND a.year = p.year
QUALIFY row_number() OVER (PARTITION BY p.bureau_id, p.metric, p.year ORDER BY r.document_id) = 1
