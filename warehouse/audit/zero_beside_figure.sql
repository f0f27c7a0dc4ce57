-- One document that says there was none and gives a figure too: 未发生行政复议案件 beside 办理行政复议案件3件. A notice where the zero may be
-- meant more narrowly: 零投诉 as a motto, a denial of what led to something (没有因执法引起的), or zero of a rate, growth or rank.
SELECT
    CASE
        WHEN regexp_matches(CASE WHEN a.value = 0 THEN a.sentence ELSE b.sentence END, '零|因|引[起发]|败诉|被|重大')
        THEN 'notice'
        ELSE 'warning'
    END AS severity,
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
    'The document says that there was no ' || a.label || ', and gives ' || CASE WHEN a.value = 0 THEN b.text ELSE a.text END || ' as well.' AS message
FROM rival_mention AS r
JOIN observation AS a ON a.extraction_id = r.extraction_id AND a.fact_id = r.fact_id
JOIN observation AS b ON b.extraction_id = r.extraction_id AND b.fact_id = r.other_fact_id
WHERE r.with_zero
  AND a.measure IN ('stock', 'flow')
  AND a.sentence_start <> b.sentence_start
