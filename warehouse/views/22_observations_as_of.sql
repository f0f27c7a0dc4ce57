-- The facts that were published after the given run, as reviewers had decided by then: SELECT * FROM observations_as_of(3).
-- A rejected figure is left out. Of a corrected one the columns hold what was decided; what was read stays in fact_version. Its bounds
-- follow the corrected number and its qualifier; a flow of a whole year stays one when its year is corrected.
CREATE OR REPLACE MACRO observations_as_of(run) AS TABLE
WITH decided AS (
    SELECT
        v.*,
        d.path,
        c.* EXCLUDE (document_id, mention_id, metric, measure),
        CASE WHEN c.decided_figure IS NOT NULL AND v.qualifier IN ('range', 'vague') THEN 'exact' ELSE v.qualifier END AS decided_qualifier,
        c.decided_year IS NOT NULL AND v.period_start = make_date(v.year, 1, 1) AND v.period_end = make_date(v.year, 12, 31)
            AS moves_a_whole_year
    FROM fact_version AS v
    JOIN dim_document AS d ON d.document_id = v.document_id AND d.content_hash = v.content_hash
    LEFT JOIN decisions_at(run) AS c
        ON c.document_id = v.document_id AND c.mention_id = v.mention_id
        AND c.metric IS NOT DISTINCT FROM v.metric AND c.measure = v.measure
    WHERE holds_at(v.valid_from_run, v.valid_to_run, run) AND c.decision IS DISTINCT FROM 'reject'
)
SELECT
    * EXCLUDE (
        decision, decided_figure, decided_metric, decided_measure, decided_unit, decided_year, decided_scope, decided_status,
        decided_narrowed, decided_qualifier, moves_a_whole_year, path
    )
    REPLACE (
        coalesce(decided_metric, metric) AS metric,
        coalesce(decided_narrowed, narrowed) AS narrowed,
        coalesce(decided_figure, value) AS value,
        CASE
            WHEN decided_figure IS NULL THEN lower
            WHEN decided_qualifier IN ('more_than', 'at_least') THEN decided_figure
        END AS lower,
        CASE
            WHEN decided_figure IS NULL THEN upper
            WHEN decided_qualifier IN ('nearly', 'at_most', 'less_than') THEN decided_figure
        END AS upper,
        decided_qualifier AS qualifier,
        coalesce(decided_unit, unit) AS unit,
        coalesce(decided_measure, measure) AS measure,
        coalesce(decided_status, status) AS status,
        coalesce(decided_year, year) AS year,
        CASE WHEN moves_a_whole_year THEN make_date(decided_year, 1, 1) ELSE period_start END AS period_start,
        CASE WHEN moves_a_whole_year THEN make_date(decided_year, 12, 31) ELSE period_end END AS period_end,
        coalesce(decided_scope, scope) AS scope,
        CASE WHEN decision IS NULL THEN confidence ELSE 'high' END AS confidence
    ),
    CASE decision WHEN 'accept' THEN 'accepted' WHEN 'correct' THEN 'corrected' END AS review,
    path
FROM decided;

COMMENT ON MACRO TABLE observations_as_of IS 'The facts that were published after run number run, as decided by then, with the columns of the view observation.';
