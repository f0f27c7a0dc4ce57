-- A stated change (较上年增加30家, 提高0.07个百分点) that the levels do not give, beyond rounding: against the level of the year before,
-- wherever it is stated, or against the step of the same sentence (由120家增加到130家，增加15家).
WITH change AS (
    SELECT c.*, l.fact_id AS level_id, l.value AS said_level, l.slack AS level_slack, l.measure AS level_measure,
        coalesce(l.scope, c.scope) AS level_scope
    FROM mention_of_cell AS c
    JOIN figure_in_sentence AS l
        ON l.extraction_id = c.extraction_id AND l.start = c."of" AND l.metric = c.metric AND l.qualifier = 'exact'
        AND NOT l.narrowed AND l.measure IN ('stock', 'flow', 'ratio') AND l.year = c.year
        AND (l.unit = c.unit OR (l.unit = '%' AND c.unit = '个百分点'))
    WHERE c.measure = 'change' AND c.qualifier = 'exact' AND l.part_of IS NULL
),
by_year AS (
    SELECT
        c.extraction_id, c.bureau_id, c.fact_id, before.fact_id AS previous_id, before.value AS previous_level, c.said_level AS level,
        c.said_level - before.value AS computed,
        abs(c.said_level - before.value - c.value)
            <= printed_error(c.text, c.value) + c.level_slack + printed_error(before.text, before.value) + 0.0001 AS agrees
    FROM change AS c
    JOIN cross_bureau AS before
        ON before.bureau_id = c.bureau_id AND before.metric = c.metric AND before.measure = c.level_measure
        AND before.scope = c.level_scope AND before.year = c.year - 1
        AND before.qualifier = 'exact' AND before.period_kind = c.period_kind
),
by_step AS (
    SELECT
        c.extraction_id, c.bureau_id, c.fact_id, b.fact_id AS previous_id, b.value AS previous_level, a.value AS level,
        a.value - b.value AS computed,
        abs(a.value - b.value - c.value) <= c.slack + a.slack + b.slack + 0.0001 AS agrees
    FROM level_step AS s
    JOIN figure_in_sentence AS c
        ON c.extraction_id = s.extraction_id AND c.sentence_start = s.sentence_start AND c.place = s.place + 1
        AND c.measure = 'change' AND c.qualifier = 'exact' AND coalesce(c."of", s.after_start) = s.after_start
        AND regexp_matches(c.lead, '^，?[^，。；]{0,6}$')
    JOIN figure_in_sentence AS a ON a.extraction_id = s.extraction_id AND a.fact_id = s.after_id AND a.qualifier = 'exact'
    JOIN figure_in_sentence AS b ON b.extraction_id = s.extraction_id AND b.fact_id = s.before_id AND b.qualifier = 'exact'
    WHERE a.unit = c.unit OR (a.unit = '%' AND c.unit = '个百分点')
),
differing AS MATERIALIZED (
    SELECT * FROM by_year WHERE NOT agrees
    UNION ALL
    SELECT * FROM by_step WHERE NOT agrees AND fact_id NOT IN (SELECT fact_id FROM by_year)
)
SELECT
    'warning' AS severity,
    said.bureau_id,
    said.document_id,
    said.metric,
    said.year,
    said.fact_id,
    plain_number(said.value) || ' ' || said.unit AS figure,
    said.sentence,
    d.previous_id AS other_fact_id,
    plain_number(d.previous_level) || ' to ' || plain_number(d.level) || ' = ' || plain_number(d.computed) AS other_figure,
    before.sentence AS other_sentence,
    'The stated change of ' || said.label || ' is ' || plain_number(said.value)
        || ', its levels give ' || plain_number(d.computed) || '.' AS message
FROM differing AS d
JOIN observation AS said ON said.extraction_id = d.extraction_id AND said.fact_id = d.fact_id
JOIN observation AS before ON before.fact_id = d.previous_id AND before.bureau_id = d.bureau_id
