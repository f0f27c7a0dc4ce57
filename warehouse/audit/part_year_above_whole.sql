-- What happened in a part of a year cannot exceed what happened in all of it: 上半年办理30件, 全年办理24件. The part is held against the
-- largest figure of the whole year, and only where that says the year (全年, 共) or stands in another document.
WITH flow AS (
    SELECT * FROM mention_of_cell WHERE measure = 'flow' AND NOT carried AND bare
),
whole AS (
    SELECT *
    FROM flow
    WHERE period_kind = 'whole_year'
    QUALIFY row_number() OVER (
        PARTITION BY bureau_id, metric, scope, year ORDER BY most IS NOT NULL, most DESC, document_id, start, fact_id
    ) = 1
)
SELECT
    'warning' AS severity,
    p.bureau_id,
    p.document_id,
    p.metric,
    p.year,
    p.fact_id,
    figure_text(p.value, p.lower, p.upper, p.qualifier, p.unit) AS figure,
    p.sentence,
    w.fact_id AS other_fact_id,
    figure_text(w.value, w.lower, w.upper, w.qualifier, w.unit) AS other_figure,
    w.sentence AS other_sentence,
    'The figure of a part of ' || p.year || ' (' || p.text || ') is larger than that of the whole year (' || w.text || ').' AS message
FROM flow AS p
JOIN whole AS w ON w.bureau_id = p.bureau_id AND w.metric = p.metric AND w.scope = p.scope AND w.year = p.year
WHERE p.period_kind = 'part_year' AND p.least > w.most
  AND (w.yearly OR w.document_id <> p.document_id)
  AND coalesce(p.stage, w.stage, '') = coalesce(w.stage, p.stage, '')
