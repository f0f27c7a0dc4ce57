-- Findings that no longer stand are closed, new ones are added.
-- Variable: run_id.
UPDATE audit_finding SET valid_to_run = getvariable('run_id')
WHERE valid_to_run IS NULL AND finding_id IN (SELECT finding_id FROM finding_change WHERE change = 'closed');

INSERT INTO audit_finding (
    finding_id, check_name, severity, bureau_id, document_id, metric, year, fact_id, figure, sentence,
    other_fact_id, other_figure, other_sentence, message, valid_from_run, valid_to_run
)
SELECT
    finding_id, check_name, severity, bureau_id, document_id, metric, year, fact_id, figure, sentence,
    other_fact_id, other_figure, other_sentence, message, getvariable('run_id'), NULL
FROM finding_now
WHERE finding_id IN (SELECT finding_id FROM finding_change WHERE change = 'new')
ORDER BY check_name, document_id, fact_id, finding_id;
