-- What a reviewer decided, from the JSON in the variable decisions: one row a decision, or a corrected field.
-- withdraw takes back what was decided before and decides nothing new.
CREATE OR REPLACE TEMP TABLE decision_now AS
WITH said AS (
    SELECT unnest(from_json(
        getvariable('decisions'),
        '[{"document_id": "VARCHAR", "mention_id": "VARCHAR", "metric": "VARCHAR", "measure": "VARCHAR", "subject": "VARCHAR",
           "sentence": "VARCHAR", "decision": "VARCHAR", "field": "VARCHAR", "decided_value": "VARCHAR", "reviewer": "VARCHAR",
           "note": "VARCHAR"}]'
    ), recursive := TRUE)
)
SELECT
    left(sha256(concat_ws(
        chr(31), document_id, coalesce(mention_id, ''), coalesce(metric, ''), coalesce(measure, ''), coalesce(field, '')
    )), 16) AS decision_id,
    *
FROM said;
