-- All that one bureau reports of one year, with the sentences.
-- $bureau (bureau): id or name of the bureau, as 常州市科学技术局
-- $year (year): the year that the figures are about, as 2024
SELECT family, metric, name_zh, measure, scope, state, value, lower, upper, qualifier, unit, period_kind, sentence, fact_id
FROM cross_bureau
WHERE $bureau IN (bureau_id, bureau, bureau_printed) AND year = $year
ORDER BY family, metric, measure, scope;
