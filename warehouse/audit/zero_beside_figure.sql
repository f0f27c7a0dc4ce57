-- One document that says there was none and gives a figure too: 未发生行政复议案件 beside 办理行政复议案件3件. Levels only. A notice
-- where the zero may be a motto (零投诉) or meant more narrowly (重大); left out where the denial names a cause (没有因执法不当引起的).
WITH pair AS (
    SELECT
        *,
        CASE WHEN value = 0 THEN sentence ELSE other_sentence END AS denial,
        CASE WHEN value = 0 THEN other_text ELSE text END AS counted
    FROM rival_mention
    WHERE with_zero AND measure IN ('stock', 'flow') AND sentence_start <> other_sentence_start
)
SELECT
    CASE WHEN regexp_matches(denial, '零|败诉|被|重大') THEN 'notice' ELSE 'warning' END AS severity,
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
    'The document says that there was no ' || label || ', and gives ' || counted || ' as well.' AS message
FROM pair
WHERE NOT regexp_matches(denial, '因[^，。；]*[引导致]')
