-- Review workbook, the metrics that a figure may be given.
SELECT metric, name_zh, unit, measure, note
FROM metric_shown
WHERE in_catalogue
ORDER BY family, metric;
