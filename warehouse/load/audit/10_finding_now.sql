-- What the checks found, each finding once and under its id. Table found_now holds the rows of all checks.
CREATE OR REPLACE TEMP TABLE finding_now AS
SELECT
    left(sha256(concat_ws(
        chr(31), check_name, document_id, fact_id, figure, coalesce(other_fact_id, ''), other_figure, severity, message
    )), 16) AS finding_id,
    *
FROM found_now
QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY sentence) = 1;
