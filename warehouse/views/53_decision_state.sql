-- Whether each decision about a figure still applies. It hangs on the mention: it is lost with its sentence, and it waits where the
-- same words are read as another metric or measure than the reviewer saw.
CREATE OR REPLACE VIEW decision_state AS
WITH decided AS (
    SELECT
        document_id, mention_id, metric, measure,
        any_value(decision) AS decision, any_value(subject) AS subject, any_value(sentence) AS sentence,
        any_value(reviewer) AS reviewer, any_value(note) AS note, max(decided_at) AS decided_at
    FROM review_decision
    WHERE mention_id IS NOT NULL AND measure IS NOT NULL AND holds_at(valid_from_run, valid_to_run, run_shown())
    GROUP BY document_id, mention_id, metric, measure
),
read_now AS (
    SELECT v.document_id, v.mention_id, v.metric, v.measure
    FROM fact_version AS v
    WHERE v.document_id IN (SELECT document_id FROM decided) AND holds_at(v.valid_from_run, v.valid_to_run, run_shown())
)
SELECT
    d.*,
    CASE
        WHEN EXISTS (
            FROM read_now AS n
            WHERE n.document_id = d.document_id AND n.mention_id = d.mention_id
              AND n.metric IS NOT DISTINCT FROM d.metric AND n.measure = d.measure
        ) THEN 'applied'
        WHEN EXISTS (FROM read_now AS n WHERE n.document_id = d.document_id AND n.mention_id = d.mention_id) THEN 'reading_changed'
        ELSE 'sentence_changed'
    END AS state
FROM decided AS d;

COMMENT ON VIEW decision_state IS 'The decisions of reviewers about figures, one row a mention and reading, and whether each still applies.';
COMMENT ON COLUMN decision_state.state IS 'applied; reading_changed: the words are read as another metric or measure now; sentence_changed: the document has no such sentence any more.';
