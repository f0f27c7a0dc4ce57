-- How much the warehouse holds: current documents, facts, cells, rejections, findings, and what waits for a person.
SELECT
    (SELECT count(*) FROM extraction WHERE valid_to_run IS NULL) AS documents,
    (SELECT count(DISTINCT bureau_id) FROM extraction WHERE valid_to_run IS NULL) AS bureaus,
    (SELECT count(*) FROM fact_version WHERE valid_to_run IS NULL) AS facts,
    (SELECT count(DISTINCT metric) FROM fact_version WHERE valid_to_run IS NULL) AS metrics,
    -- Millions of cells are told apart by numbers of 64 bits, which take a tenth of the time and memory that their names do.
    (SELECT count(DISTINCT hash(bureau_id, metric, measure, scope, year)) FROM comparable_mention) AS cells,
    (SELECT count(*) FROM rejected_document WHERE valid_to_run IS NULL) AS rejected,
    (SELECT count(*) FROM audit_finding WHERE valid_to_run IS NULL) AS findings,
    (
        SELECT list((severity, found) ORDER BY array_position(['error', 'warning', 'notice'], severity))
        FROM (SELECT severity, count(*) AS found FROM audit_finding WHERE valid_to_run IS NULL GROUP BY severity)
    ) AS findings_by_severity,
    (SELECT count(*) FROM review_queue) AS to_review,
    (SELECT count(*) FROM etl_run) AS runs
