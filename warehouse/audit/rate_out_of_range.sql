-- A rate of a catalogue metric below 0 or above 100 percent.
SELECT
    'warning' AS severity,
    v.bureau_id,
    v.document_id,
    v.metric,
    v.year,
    v.fact_id,
    figure_text(v.value, v.lower, v.upper, v.qualifier, v.unit) AS figure,
    v.sentence,
    NULL AS other_fact_id,
    '0..100 %' AS other_figure,
    NULL AS other_sentence,
    'a rate outside 0 to 100 percent' AS message
FROM observation AS v
JOIN dim_metric AS m ON m.metric = v.metric
WHERE m.measure = 'ratio' AND m.unit = '%' AND v.measure = 'ratio' AND v.unit = '%' AND (v.value > 100 OR v.value < 0)
