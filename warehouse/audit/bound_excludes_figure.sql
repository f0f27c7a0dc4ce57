-- One document that bounds a figure so that its own exact figure, or another bound, is shut out: 近500家 beside 512家 (rival_mention).
SELECT
    CASE WHEN certainty = 2 THEN 'warning' ELSE 'notice' END AS severity,
    bureau_id,
    document_id,
    metric,
    year,
    fact_id,
    figure,
    sentence,
    other_fact_id,
    other_figure,
    other_sentence,
    'The document says both ' || text || ' and ' || other_text || ' of ' || label || ', which exclude each other.' AS message
FROM rival_mention
WHERE NOT exact AND NOT with_zero
