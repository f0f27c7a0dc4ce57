-- The catalogue as it is now; a metric that left it stays for the facts that name it.
MERGE INTO dim_metric AS m
USING staged_metric AS s ON s.metric = m.metric
WHEN MATCHED AND (m.family, m.name_zh, m.name_en, m.unit, m.measure, m.scope, m.additive, m.note, m.in_catalogue)
    IS DISTINCT FROM (s.family, s.name_zh, s.name_en, s.unit, s.measure, s.scope, s.additive, s.note, TRUE)
    THEN UPDATE SET family = s.family, name_zh = s.name_zh, name_en = s.name_en, unit = s.unit, measure = s.measure,
        scope = s.scope, additive = s.additive, note = s.note, in_catalogue = TRUE
WHEN NOT MATCHED
    THEN INSERT (metric, family, name_zh, name_en, unit, measure, scope, additive, note, in_catalogue)
    VALUES (s.metric, s.family, s.name_zh, s.name_en, s.unit, s.measure, s.scope, s.additive, s.note, TRUE);

UPDATE dim_metric SET in_catalogue = FALSE
WHERE in_catalogue AND metric NOT IN (SELECT metric FROM staged_metric);

-- The same from run to run: what changed closes its version and opens another.
UPDATE metric_version SET valid_to_run = getvariable('run_id')
FROM dim_metric AS m
WHERE metric_version.valid_to_run IS NULL AND m.metric = metric_version.metric
  AND (m.family, m.name_zh, m.name_en, m.unit, m.measure, m.scope, m.additive, m.note, m.in_catalogue)
    IS DISTINCT FROM (metric_version.family, metric_version.name_zh, metric_version.name_en, metric_version.unit,
        metric_version.measure, metric_version.scope, metric_version.additive, metric_version.note, metric_version.in_catalogue);

INSERT INTO metric_version
SELECT metric, family, name_zh, name_en, unit, measure, scope, additive, note, in_catalogue, getvariable('run_id'), NULL
FROM dim_metric AS m
WHERE NOT EXISTS (FROM metric_version AS v WHERE v.metric = m.metric AND v.valid_to_run IS NULL)
ORDER BY metric;
