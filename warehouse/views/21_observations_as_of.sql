-- The facts that were published after the given run: SELECT * FROM observations_as_of(3).
CREATE OR REPLACE MACRO observations_as_of(run) AS TABLE
SELECT
    v.*,
    d.path
FROM fact_version AS v
JOIN dim_document AS d ON d.document_id = v.document_id AND d.content_hash = v.content_hash
WHERE v.valid_from_run <= run AND (v.valid_to_run IS NULL OR v.valid_to_run > run);

COMMENT ON MACRO TABLE observations_as_of IS 'The facts that were current after run number run, with the columns of the view observation.';
