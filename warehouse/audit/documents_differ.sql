-- Two documents of one bureau that give one metric of one year figures which cannot both hold, as when a later report restates
-- the year before. The figure in the cross-bureau table is held against the best one of each other document. Two reports of one year
-- may count other things, so a flow that differs between them is a notice only.
WITH mention AS (
    SELECT
        m.fact_id, m.document_id, m.bureau_id, m.metric, m.measure, m.scope, m.year, m.series, m.stage, m.report_year,
        m.least, m.most, m.preference
    FROM mention_of_cell AS m
    JOIN metric_shown AS d ON d.metric = m.metric
    WHERE NOT m.carried AND NOT (m.measure = 'ratio' AND d.family = 'services')
    QUALIFY row_number() OVER (
        PARTITION BY m.bureau_id, m.metric, m.measure, m.scope, m.year, m.series, m.document_id ORDER BY m.preference
    ) = 1
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY bureau_id, metric, measure, scope, year, series ORDER BY preference) AS turn
    FROM mention
),
differing AS MATERIALIZED (
    SELECT b.document_id, b.fact_id, o.document_id AS other_document_id, o.fact_id AS other_fact_id
    FROM ranked AS b
    JOIN ranked AS o
        ON o.bureau_id = b.bureau_id AND o.metric = b.metric AND o.measure = b.measure AND o.scope = b.scope AND o.year = b.year
        AND o.series = b.series AND o.turn > 1
    WHERE b.turn = 1
      AND (o.least > b.most OR o.most < b.least)
      AND coalesce(b.stage, o.stage, '') = coalesce(o.stage, b.stage, '')
)
SELECT
    CASE WHEN b.measure = 'flow' AND b.report_year = o.report_year THEN 'notice' ELSE 'warning' END AS severity,
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
    b.document || ' and ' || o.document
        || ' differ on ' || b.label || ' of ' || b.year || ': ' || b.text || ' and ' || o.text || '.' AS message
FROM differing AS d
JOIN observation AS b ON b.document_id = d.document_id AND b.fact_id = d.fact_id
JOIN observation AS o ON o.document_id = d.other_document_id AND o.fact_id = d.other_fact_id
