-- One document that says there was none and gives a figure too: 未发生行政复议案件 beside 办理行政复议案件3件. Levels only. A notice
-- where the zero may be a motto (零投诉) or meant more narrowly (重大); left out where the denial names a cause (没有因执法不当引起的).
SELECT
    CASE
        WHEN regexp_matches(CASE WHEN a.value = 0 THEN a.sentence ELSE b.sentence END, '零|败诉|被|重大')
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
    'The document says that there was no ' || a.label
        || ', and gives ' || CASE WHEN a.value = 0 THEN b.text ELSE a.text END || ' as well.' AS message
FROM rival_mention AS r
JOIN observation AS a ON a.extraction_id = r.extraction_id AND a.fact_id = r.fact_id
JOIN observation AS b ON b.extraction_id = r.extraction_id AND b.fact_id = r.other_fact_id
WHERE r.with_zero
  AND a.measure IN ('stock', 'flow')
  AND a.sentence_start <> b.sentence_start
  AND NOT regexp_matches(CASE WHEN a.value = 0 THEN a.sentence ELSE b.sentence END, '因[^，。；]*[引导致]')
