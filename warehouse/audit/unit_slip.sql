-- A level about ten thousand or a hundred million times that of the nearest other year of the same bureau: 元 for 万元 or 亿元.
WITH level AS (
    SELECT * FROM cross_bureau WHERE measure IN ('stock', 'flow') AND value > 0 AND period_kind = 'whole_year'
),
pair AS (
    SELECT
        a.*,
        o.year AS other_year, o.fact_id AS other_fact_id, o.value AS other_value, o.lower AS other_lower, o.upper AS other_upper,
        o.qualifier AS other_qualifier, o.sentence AS other_sentence,
        CAST(a.value AS DOUBLE) / CAST(o.value AS DOUBLE) AS times
    FROM level AS a
    JOIN level AS o
        ON o.bureau_id = a.bureau_id AND o.metric = a.metric AND o.measure = a.measure AND o.scope = a.scope AND o.year <> a.year
    QUALIFY row_number() OVER (
        PARTITION BY a.bureau_id, a.metric, a.measure, a.scope, a.year ORDER BY abs(a.year - o.year), o.year DESC
    ) = 1
)
SELECT
    'warning' AS severity,
    bureau_id,
    document_id,
    metric,
    year,
    fact_id,
    figure_text(value, lower, upper, qualifier, unit) AS figure,
    sentence,
    other_fact_id,
    figure_text(other_value, other_lower, other_upper, other_qualifier, unit) AS other_figure,
    other_sentence,
    'about ' || CASE WHEN times < 1000000 THEN '10,000' ELSE '100,000,000' END || ' times the figure of ' || other_year || ': a slip of the unit?' AS message
FROM pair
WHERE times BETWEEN 2000 AND 50000 OR times BETWEEN 20000000 AND 500000000
