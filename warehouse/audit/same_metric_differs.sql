-- One document that gives one metric two figures which cannot both hold: same measure, scope, year, period and comparison, none of
-- them narrowed. Each later mention is held against the first. For a flow it is a notice only: it may count other events.
WITH mention AS (
    SELECT
        *,
        first_value(fact_id) OVER same AS first_fact_id,
        first_value(least) OVER same AS first_least,
        first_value(most) OVER same AS first_most
    FROM comparable_mention
    WHERE NOT narrowed
    WINDOW same AS (
        PARTITION BY extraction_id, metric, measure, scope, year, period_start, period_end, relative_to
        ORDER BY start, fact_id
    )
)
SELECT
    CASE WHEN m.measure = 'flow' THEN 'notice' ELSE 'warning' END AS severity,
    m.bureau_id,
    m.document_id,
    m.metric,
    m.year,
    f.fact_id,
    figure_text(f.value, f.lower, f.upper, f.qualifier, f.unit) AS figure,
    f.sentence,
    m.fact_id AS other_fact_id,
    figure_text(m.value, m.lower, m.upper, m.qualifier, m.unit) AS other_figure,
    m.sentence AS other_sentence,
    'two figures of one document for ' || m.metric || ' (' || m.measure || ')' AS message
FROM mention AS m
JOIN fact_observation AS f ON f.extraction_id = m.extraction_id AND f.fact_id = m.first_fact_id
WHERE m.least > m.first_most OR m.most < m.first_least
