-- Two documents of one bureau that give one metric of one year figures which cannot both hold, as when a later report restates
-- the year before. The figure in the cross-bureau table is held against the best one of each other document.
WITH mention AS (
    SELECT *
    FROM comparable_mention
    WHERE NOT narrowed
    QUALIFY row_number() OVER (PARTITION BY bureau_id, metric, measure, scope, year, document_id ORDER BY preference) = 1
)
SELECT
    'warning' AS severity,
    b.bureau_id,
    b.document_id,
    b.metric,
    b.year,
    b.fact_id,
    figure_text(b.value, b.lower, b.upper, b.qualifier, b.unit) AS figure,
    b.sentence,
    o.fact_id AS other_fact_id,
    figure_text(o.value, o.lower, o.upper, o.qualifier, o.unit) AS other_figure,
    o.sentence AS other_sentence,
    b.document || ' and ' || o.document || ' differ on ' || b.metric || ' of ' || b.year AS message
FROM mention AS b
JOIN mention AS o
    ON o.bureau_id = b.bureau_id AND o.metric = b.metric AND o.measure = b.measure AND o.scope = b.scope AND o.year = b.year
    AND o.document_id <> b.document_id
    AND o.period_kind = b.period_kind
    AND o.period_end IS NOT DISTINCT FROM b.period_end
    AND o.relative_to IS NOT DISTINCT FROM b.relative_to
WHERE b.preference = 1 AND (o.least > b.most OR o.most < b.least)
