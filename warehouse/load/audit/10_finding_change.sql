-- Found now against found before. Table found_now holds the rows of all checks.
CREATE OR REPLACE TEMP TABLE finding_now AS
SELECT
    left(sha256(concat_ws(
        chr(31), check_name, document_id, fact_id, figure, coalesce(other_fact_id, ''), other_figure, severity, message
    )), 16) AS finding_id,
    *
FROM found_now
QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY sentence) = 1;

CREATE OR REPLACE TEMP TABLE finding_change AS
SELECT 'closed' AS change, a.finding_id
FROM audit_finding AS a
WHERE a.valid_to_run IS NULL AND a.finding_id NOT IN (SELECT finding_id FROM finding_now)
UNION ALL
SELECT 'new', n.finding_id
FROM finding_now AS n
WHERE n.finding_id NOT IN (SELECT finding_id FROM audit_finding WHERE valid_to_run IS NULL);
