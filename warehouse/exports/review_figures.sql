-- Review workbook, the figures to look at, the urgent first: doubtful readings, figures that the audit questions, and decisions that
-- no longer apply; with $with_decided also those that somebody has decided on, and of the documents in $documents all figures.
-- metric_read, measure_read   the reading that a decision is about, before any correction
-- checks, against             the checks of the audit that question the figure, and the two figures of each
-- state                       of a decision: applied, reading_changed or sentence_changed
WITH finding AS (
    SELECT
        document_id,
        fact_id,
        min(CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END) AS urgency,
        list(check_name ORDER BY check_name, finding_id) AS checks,
        list(figure || ' / ' || other_figure ORDER BY check_name, finding_id) AS against,
        string_agg(DISTINCT other_sentence, chr(10) ORDER BY other_sentence) AS other_sentences
    FROM audit_finding
    WHERE holds_at(valid_from_run, valid_to_run, run_shown())
    GROUP BY document_id, fact_id
),
decided AS (
    SELECT * FROM decision_state
),
figure AS (
    SELECT
        coalesce(a.urgency, CASE WHEN v.confidence = 'low' THEN 3 ELSE 4 END) AS urgency,
        coalesce(v.bureau, v.bureau_printed) AS bureau,
        v.document_id,
        v.start AS place,
        v.text AS figure,
        v.sentence,
        v.confidence = 'low' AS low_confidence,
        a.checks,
        a.against,
        a.other_sentences,
        d.decision AS decided,
        d.state,
        v.metric AS metric_read,
        m.name_zh,
        v.label,
        v.value,
        v.lower,
        v.upper,
        v.unit,
        v.year,
        v.measure AS measure_read,
        v.scope,
        v.status,
        v.narrowed,
        v.page,
        v.mention_id
    FROM fact_version AS v
    LEFT JOIN finding AS a ON a.document_id = v.document_id AND a.fact_id = v.fact_id
    LEFT JOIN decided AS d
        ON d.document_id = v.document_id AND d.mention_id = v.mention_id
        AND d.metric IS NOT DISTINCT FROM v.metric AND d.measure = v.measure
    LEFT JOIN metric_shown AS m ON m.metric = v.metric
    WHERE holds_at(v.valid_from_run, v.valid_to_run, run_shown())
      AND CASE
          WHEN list_contains($documents, v.document_id) THEN TRUE
          WHEN d.decision IS NOT NULL THEN $with_decided
          ELSE v.confidence = 'low' OR a.fact_id IS NOT NULL
      END
)
SELECT * FROM figure
UNION ALL BY NAME
SELECT
    2 AS urgency, coalesce(e.bureau, e.bureau_printed) AS bureau, d.document_id, 0 AS place, d.subject AS figure, d.sentence,
    FALSE AS low_confidence, d.decision AS decided, d.state, d.metric AS metric_read, m.name_zh, d.measure AS measure_read, d.mention_id
FROM decided AS d
LEFT JOIN extraction_shown AS e ON e.document_id = d.document_id
LEFT JOIN metric_shown AS m ON m.metric = d.metric
WHERE d.state <> 'applied'
ORDER BY urgency, document_id, place, mention_id, metric_read, measure_read;
