-- How much the warehouse holds: current documents, facts, cells, rejections and findings.
SELECT
    (SELECT count(*) FROM extraction WHERE valid_to_run IS NULL) AS documents,
    (SELECT count(DISTINCT bureau_id) FROM extraction WHERE valid_to_run IS NULL) AS bureaus,
    (SELECT count(*) FROM fact_version WHERE valid_to_run IS NULL) AS facts,
    (SELECT count(DISTINCT metric) FROM fact_version WHERE valid_to_run IS NULL) AS metrics,
    (SELECT count(*) FROM cross_bureau) AS cells,
    (SELECT count(*) FROM rejected_document WHERE valid_to_run IS NULL) AS rejected,
    (SELECT count(*) FROM audit_finding WHERE valid_to_run IS NULL) AS findings,
    (SELECT count(*) FROM etl_run) AS runs
