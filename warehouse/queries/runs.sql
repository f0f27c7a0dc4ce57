-- The runs that changed the warehouse, the last first: when, with which version, and what they changed.
-- The number is what --as-of and diff ask for.
SELECT
    run_id AS run,
    started_at,
    product_version,
    documents_new,
    documents_changed,
    documents_closed,
    facts_new,
    facts_closed,
    rejected_new,
    findings_new,
    (SELECT count(*) FROM review_decision AS r WHERE r.valid_from_run = run_id) AS decisions_new,
    array_to_string(sources, ' ') AS sources
FROM etl_run
ORDER BY run_id DESC;
