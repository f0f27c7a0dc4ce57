-- Found now against found before.
CREATE OR REPLACE TEMP TABLE finding_change AS
SELECT 'closed' AS change, a.finding_id
FROM audit_finding AS a
WHERE a.valid_to_run IS NULL AND a.finding_id NOT IN (SELECT finding_id FROM finding_now)
UNION ALL
SELECT 'new', n.finding_id
FROM finding_now AS n
WHERE n.finding_id NOT IN (SELECT finding_id FROM audit_finding WHERE valid_to_run IS NULL);
