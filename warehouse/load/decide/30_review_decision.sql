-- Decisions that no longer hold are closed, new ones are added.
-- Variables: run_id, decided_at.
UPDATE review_decision SET valid_to_run = getvariable('run_id')
WHERE valid_to_run IS NULL AND decision_id IN (SELECT decision_id FROM decision_change WHERE change = 'closed');

INSERT INTO review_decision BY NAME
SELECT
    decision_id, document_id, mention_id, decision, field, decided_value, reviewer, getvariable('decided_at') AS decided_at, note,
    getvariable('run_id') AS valid_from_run, NULL AS valid_to_run, metric, measure, subject, sentence
FROM decision_now
WHERE decision_id IN (SELECT decision_id FROM decision_change WHERE change = 'new')
ORDER BY decision_id;
