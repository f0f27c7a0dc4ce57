-- Found now against found before. What was found within a bureau that is not looked at anew still stands.
-- Variable: across (the names of the checks that hold bureaus against each other).
CREATE OR REPLACE TEMP TABLE finding_change AS
SELECT 'closed' AS change, a.finding_id
FROM audit_finding AS a
WHERE a.valid_to_run IS NULL
  AND a.finding_id NOT IN (SELECT finding_id FROM finding_now)
  AND (
      getvariable('audit_all')
      OR list_contains(getvariable('across'), a.check_name)
      OR a.bureau_id IN (SELECT bureau_id FROM audited_bureau)
  )
UNION ALL
SELECT 'new', n.finding_id
FROM finding_now AS n
WHERE n.finding_id NOT IN (SELECT finding_id FROM audit_finding WHERE valid_to_run IS NULL);
