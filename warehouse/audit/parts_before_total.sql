-- Counts joined by 、 and summed up at once: 人大建议5件、政协提案9件，共计14件. The total must be their sum.
WITH level AS (
    SELECT *
    FROM figure_in_sentence
    WHERE measure IN ('stock', 'flow') AND status = 'actual' AND qualifier = 'exact' AND "row" IS NULL
    QUALIFY row_number() OVER (PARTITION BY extraction_id, start ORDER BY metric IS NULL, fact_id) = 1
),
total AS MATERIALIZED (
    SELECT * FROM level WHERE regexp_matches(lead, '^，(共|共计|合计|总计|总共|两项合计|三项合计|合计共)$')
),
chained AS (
    -- A chain begins where a figure is not joined to the one before by 、 or 和.
    SELECT *, count(*) FILTER (WHERE NOT regexp_matches(lead, '^[、和及与][^，。；]{1,24}$')) OVER (
        PARTITION BY extraction_id, sentence_start ORDER BY start
    ) AS chain
    FROM level
    SEMI JOIN total USING (extraction_id, sentence_start)
),
chain AS (
    SELECT
        extraction_id, sentence_start, chain, count(*) AS parts, sum(value) AS parts_sum, sum(slack) AS parts_slack,
        any_value(unit) AS unit, max(place) AS last_place, arg_max(fact_id, value) AS largest_part_id,
        string_agg(plain_number(value), ' + ' ORDER BY start) AS terms
    FROM chained
    GROUP BY extraction_id, sentence_start, chain
    HAVING count(*) > 1 AND count(DISTINCT unit) = 1 AND bool_and(part_of IS NULL) AND count(*) = max(place) - min(place) + 1
)
SELECT
    'warning' AS severity,
    t.bureau_id,
    t.document_id,
    t.metric,
    t.year,
    t.fact_id,
    figure_text(t.value, t.lower, t.upper, t.qualifier, t.unit) AS figure,
    t.sentence,
    c.largest_part_id AS other_fact_id,
    c.terms || ' = ' || plain_number(c.parts_sum) AS other_figure,
    t.sentence AS other_sentence,
    'The figures before it add up to ' || plain_number(c.parts_sum) || ', the total says ' || plain_number(t.value) || '.' AS message
FROM chain AS c
JOIN total AS t
    ON t.extraction_id = c.extraction_id AND t.sentence_start = c.sentence_start AND t.place = c.last_place + 1 AND t.unit = c.unit
WHERE abs(t.value - c.parts_sum) > t.slack + c.parts_slack
