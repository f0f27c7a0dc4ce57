-- A stated growth that the levels of the two years do not give, beyond rounding.
SELECT
    'warning' AS severity,
    g.bureau_id,
    g.document_id,
    g.metric,
    g.year,
    g.fact_id,
    plain_number(g.stated_growth) || ' %' AS figure,
    said.sentence,
    g.previous_level_fact_id AS other_fact_id,
    plain_number(g.previous_level) || ' to ' || plain_number(g.level) || ' = ' || plain_number(g.computed_growth) || ' %' AS other_figure,
    before.sentence AS other_sentence,
    'stated growth of ' || g.metric || ' differs from that of the levels' AS message
FROM growth_check AS g
JOIN observation AS said ON said.fact_id = g.fact_id AND said.document_id = g.document_id
JOIN observation AS before ON before.fact_id = g.previous_level_fact_id AND before.bureau_id = g.bureau_id
WHERE NOT g.agrees
