-- What this run will change, counted before it does.
CREATE OR REPLACE TEMP TABLE load_count AS
SELECT
    (SELECT count(*) FROM incoming WHERE state = 'new') AS documents_new,
    (SELECT count(*) FROM incoming WHERE state = 'changed') AS documents_changed,
    (SELECT count(*) FROM incoming WHERE state IN ('same', 'confirmed')) AS documents_unchanged,
    (SELECT count(*) FROM extraction WHERE valid_to_run IS NULL AND document_id IN (SELECT document_id FROM gone_document)) AS documents_closed,
    (SELECT count(*) FROM incoming WHERE state = 'confirmed') AS extractions_confirmed,
    (SELECT CAST(coalesce(sum(facts), 0) AS BIGINT) FROM incoming WHERE state IN ('new', 'changed')) AS facts_new,
    (
        SELECT CAST(coalesce(sum(e.facts), 0) AS BIGINT)
        FROM extraction AS e
        WHERE e.valid_to_run IS NULL
          AND (
              e.extraction_id IN (SELECT current_extraction_id FROM incoming WHERE state = 'changed')
              OR e.document_id IN (SELECT document_id FROM gone_document)
          )
    ) AS facts_closed,
    (SELECT count(*) FROM rejection_change WHERE change = 'new') AS rejected_new,
    (SELECT count(*) FROM rejection_change WHERE change = 'closed') AS rejected_closed,
    (SELECT count(*) FROM staged_rejection) AS rejected_current,
    (
        SELECT count(*)
        FROM staged_metric AS s LEFT JOIN dim_metric AS m ON m.metric = s.metric
        WHERE (m.family, m.name_zh, m.name_en, m.unit, m.measure, m.scope, m.additive, m.note, m.in_catalogue)
            IS DISTINCT FROM (s.family, s.name_zh, s.name_en, s.unit, s.measure, s.scope, s.additive, s.note, TRUE)
    ) + (
        SELECT count(*) FROM dim_metric AS m
        WHERE m.in_catalogue AND NOT EXISTS (FROM staged_metric AS s WHERE s.metric = m.metric)
    ) AS metrics_changed,
    (SELECT count(*) FROM division_change) AS divisions_changed;
