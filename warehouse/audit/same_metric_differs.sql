-- One document that gives one metric two exact figures: same measure, scope, year, period and comparison, none of them narrowed
-- (rival_mention). A warning where both speak of the same thing, a notice where one may count something else.
SELECT
    CASE WHEN r.certainty = 2 THEN 'warning' ELSE 'notice' END AS severity,
    a.bureau_id,
    a.document_id,
    a.metric,
    a.year,
    a.fact_id,
    figure_text(a.value, a.lower, a.upper, a.qualifier, a.unit) AS figure,
    a.sentence,
    b.fact_id AS other_fact_id,
    figure_text(b.value, b.lower, b.upper, b.qualifier, b.unit) AS other_figure,
    b.sentence AS other_sentence,
    'The document gives ' || a.label || ' (' || a.measure || ') as ' || a.text || ' and as ' || b.text || '.' AS message
FROM rival_mention AS r
JOIN observation AS a ON a.extraction_id = r.extraction_id AND a.fact_id = r.fact_id
JOIN observation AS b ON b.extraction_id = r.extraction_id AND b.fact_id = r.other_fact_id
WHERE r.exact AND NOT r.with_zero
