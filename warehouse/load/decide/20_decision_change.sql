-- Decided now against decided before, for the figures and documents that were decided now: what is new, and what no longer holds.
-- The same decision by the same person for the same reason is no change.
CREATE OR REPLACE TEMP TABLE decision_change AS
WITH touched AS (
    SELECT r.*
    FROM review_decision AS r
    WHERE r.valid_to_run IS NULL AND EXISTS (
        FROM decision_now AS n
        WHERE n.document_id = r.document_id AND n.mention_id IS NOT DISTINCT FROM r.mention_id
          AND n.metric IS NOT DISTINCT FROM r.metric AND n.measure IS NOT DISTINCT FROM r.measure
    )
),
kept AS (
    SELECT t.decision_id
    FROM touched AS t
    JOIN decision_now AS n ON n.decision_id = t.decision_id
        AND (n.decision, n.decided_value, n.reviewer, n.note) IS NOT DISTINCT FROM (t.decision, t.decided_value, t.reviewer, t.note)
)
SELECT 'closed' AS change, decision_id
FROM touched
WHERE decision_id NOT IN (FROM kept)
UNION ALL
SELECT 'new', decision_id
FROM decision_now
WHERE decision <> 'withdraw' AND decision_id NOT IN (FROM kept);
