-- One document that gives one metric two exact figures: same measure, scope, year, period and comparison, none of them narrowed
-- (rival_mention). A warning where both speak of the same thing, a notice where one may count something else.
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
    'The document gives ' || label || ' (' || measure || ') as ' || text || ' and as ' || other_text || '.' AS message
FROM rival_mention
WHERE exact AND NOT with_zero
