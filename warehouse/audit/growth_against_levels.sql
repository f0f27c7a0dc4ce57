-- A stated growth that the levels do not give, beyond rounding: against the level of the year before, wherever it is stated
-- (growth_check), or against the two levels that the sentence says together (由100家增加到120家，增长25%; 达120家，比上年的100家增长25%).
WITH unlike AS MATERIALIZED (
    SELECT * FROM growth_check WHERE NOT agrees
),
by_year AS (
    SELECT
        said.extraction_id,
        g.bureau_id,
        g.fact_id,
        g.previous_level_fact_id AS previous_id,
        g.previous_level,
        g.level,
        g.computed_growth
    FROM unlike AS g
    JOIN observation AS said ON said.fact_id = g.fact_id AND said.document_id = g.document_id
    JOIN observation AS level ON level.fact_id = g.level_fact_id AND level.bureau_id = g.bureau_id
    -- The growth of a part is held against that part only.
    WHERE said."of" IS NULL OR level.start = said."of"
),
by_step AS (
    SELECT
        g.extraction_id,
        g.bureau_id,
        g.fact_id,
        b.fact_id AS previous_id,
        b.value AS previous_level,
        a.value AS level,
        CAST((a.value - b.value) / b.value * 100 AS DECIMAL(38, 2)) AS computed_growth,
        abs(computed_growth - g.value) <= 0.06 + 2 * g.slack
            + (100 + abs(computed_growth)) * (rounding_slack(a.text) + rounding_slack(b.text)) AS agrees
    FROM level_step AS s
    JOIN figure_in_sentence AS g
        ON g.extraction_id = s.extraction_id AND g.sentence_start = s.sentence_start AND g.place = s.place + 1
        AND g.measure = 'growth' AND g.qualifier = 'exact' AND coalesce(g."of", s.after_start) = s.after_start
        AND regexp_matches(g.lead, '^，?[^，。；]{0,6}$')
    JOIN observation AS a ON a.extraction_id = s.extraction_id AND a.fact_id = s.after_id AND a.qualifier = 'exact'
    JOIN observation AS b
        ON b.extraction_id = s.extraction_id AND b.fact_id = s.before_id AND b.qualifier = 'exact' AND b.value > 0
    WHERE a.measure IN ('stock', 'flow')
),
differing AS MATERIALIZED (
    SELECT * FROM by_year
    UNION ALL
    SELECT * EXCLUDE (agrees) FROM by_step
    WHERE NOT agrees AND fact_id NOT IN (SELECT fact_id FROM by_year)
)
SELECT
    'warning' AS severity,
    said.bureau_id,
    said.document_id,
    said.metric,
    said.year,
    said.fact_id,
    plain_number(said.value) || ' %' AS figure,
    said.sentence,
    d.previous_id AS other_fact_id,
    plain_number(d.previous_level) || ' to ' || plain_number(d.level) || ' = ' || plain_number(d.computed_growth) || ' %' AS other_figure,
    before.sentence AS other_sentence,
    'The stated growth of ' || said.label || ' is ' || plain_number(said.value) || ' %, its levels give '
        || plain_number(d.computed_growth) || ' %.' AS message
FROM differing AS d
JOIN observation AS said ON said.extraction_id = d.extraction_id AND said.fact_id = d.fact_id
JOIN observation AS before ON before.fact_id = d.previous_id AND before.bureau_id = d.bureau_id
