-- The bureaus whose figures are held against each other anew, in parts that fit in memory: all of them, or those that the run has
-- changed: a document read anew or closed, a figure or identity decided.
-- Variables: audit_all, run_id (null: the run changed nothing so far), facts_in_part.
CREATE OR REPLACE TEMP TABLE audited_bureau AS
WITH changed AS (
    SELECT bureau_id
    FROM extraction
    WHERE getvariable('run_id') IN (valid_from_run, valid_to_run)
    UNION
    SELECT e.bureau_id
    FROM review_decision AS r
    JOIN extraction AS e ON e.document_id = r.document_id
    WHERE getvariable('run_id') IN (r.valid_from_run, r.valid_to_run)
),
bureau AS (
    SELECT bureau_id, sum(facts) FILTER (WHERE valid_to_run IS NULL) AS facts
    FROM extraction
    WHERE getvariable('audit_all') OR bureau_id IN (SELECT bureau_id FROM changed)
    GROUP BY bureau_id
)
SELECT
    bureau_id,
    CAST(coalesce(sum(facts) OVER (ORDER BY bureau_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS BIGINT)
        // getvariable('facts_in_part') AS part
FROM bureau;
