-- More newly added in a year than there are in all at its end: 新增500家，总数达400家. Only metrics that are levels by default, and only
-- figures behind 新; the largest total of that year counts.
WITH total AS (
    SELECT *
    FROM mention_of_cell
    WHERE measure = 'stock' AND period_kind = 'whole_year'
    QUALIFY row_number() OVER (
        PARTITION BY bureau_id, metric, scope, year ORDER BY most IS NOT NULL, most DESC, document_id, start, fact_id
    ) = 1
)
SELECT
    'warning' AS severity,
    a.bureau_id,
    a.document_id,
    a.metric,
    a.year,
    a.fact_id,
    figure_text(a.value, a.lower, a.upper, a.qualifier, a.unit) AS figure,
    a.sentence,
    t.fact_id AS other_fact_id,
    figure_text(t.value, t.lower, t.upper, t.qualifier, t.unit) AS other_figure,
    t.sentence AS other_sentence,
    'More ' || a.label || ' are newly added (' || a.text || ') than there are in all (' || t.text || ').' AS message
FROM mention_of_cell AS a
JOIN metric_shown AS d ON d.metric = a.metric AND d.measure = 'stock'
JOIN total AS t ON t.bureau_id = a.bureau_id AND t.metric = a.metric AND t.scope = a.scope AND t.year = a.year
WHERE a.measure = 'flow' AND contains(a.lead, '新') AND a.least > t.most
