-- One document that bounds a figure so that its own exact figure, or another bound, is shut out: 近500家 beside 512家 (rival_mention).
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
    'The document says both ' || a.text || ' and ' || b.text || ' of ' || a.label || ', which exclude each other.' AS message
FROM rival_mention AS r
JOIN observation AS a ON a.extraction_id = r.extraction_id AND a.fact_id = r.fact_id
JOIN observation AS b ON b.extraction_id = r.extraction_id AND b.fact_id = r.other_fact_id
WHERE NOT r.exact AND NOT r.with_zero
