-- TRY_CAST, because the cast is tried on the other fields too.
-- What reviewers had decided about figures when a run was published: one row a mention and reading, corrections side by side.
CREATE OR REPLACE MACRO decisions_at(run) AS TABLE
SELECT
    document_id,
    mention_id,
    metric,
    measure,
    any_value(decision) AS decision,
    max(TRY_CAST(decided_value AS DECIMAL(38, 10))) FILTER (WHERE field = 'value') AS decided_figure,
    max(decided_value) FILTER (WHERE field = 'metric') AS decided_metric,
    max(decided_value) FILTER (WHERE field = 'measure') AS decided_measure,
    max(decided_value) FILTER (WHERE field = 'unit') AS decided_unit,
    max(TRY_CAST(decided_value AS INTEGER)) FILTER (WHERE field = 'year') AS decided_year,
    max(decided_value) FILTER (WHERE field = 'scope') AS decided_scope,
    max(decided_value) FILTER (WHERE field = 'status') AS decided_status,
    bool_or(TRY_CAST(decided_value AS BOOLEAN)) FILTER (WHERE field = 'narrowed') AS decided_narrowed
FROM review_decision
WHERE mention_id IS NOT NULL AND measure IS NOT NULL AND holds_at(valid_from_run, valid_to_run, run)
GROUP BY document_id, mention_id, metric, measure;

COMMENT ON MACRO TABLE decisions_at IS 'What reviewers had decided about figures when run number run was published: one row a mention and reading.';
