-- A rank of less than 1: no place comes before the first.
SELECT
    'error' AS severity,
    v.bureau_id,
    v.document_id,
    v.metric,
    v.year,
    v.fact_id,
    figure_text(v.value, v.lower, v.upper, v.qualifier, v.unit) AS figure,
    v.sentence,
    NULL AS other_fact_id,
    '1..' AS other_figure,
    NULL AS other_sentence,
    'The rank of ' || v.label || ' is less than 1.' AS message
FROM observation AS v
WHERE v.measure = 'rank' AND coalesce(v.value, v.upper, v.lower) < 1
