-- HTML report, the figures: the cells of cross_bureau by family and metric, defaults first, each with its sentence.
-- place         where the quantity begins in the sentence, in code points from 0 (of a shortened sentence: in the whole one)
SELECT
    c.family,
    c.metric,
    c.name_zh,
    c.unit,
    c.measure,
    c.scope,
    c.measure <> m.measure AS other_measure,
    c.scope <> m.scope AS other_scope,
    m.additive,
    c.division_code,
    c.bureau_id,
    coalesce(c.bureau, c.bureau_printed, c.bureau_id) AS bureau,
    c.bureau_known,
    c.year,
    c.state,
    c.value,
    c.lower,
    c.upper,
    c.qualifier,
    c.period_kind,
    c.relative_to,
    c.conflicting,
    c.fact_id,
    c.document_id,
    c.text,
    c.sentence,
    o.start - o.sentence_start AS place
FROM cross_bureau AS c
JOIN metric_shown AS m ON m.metric = c.metric
JOIN observation AS o ON o.document_id = c.document_id AND o.fact_id = c.fact_id
WHERE ($years IS NULL OR c.year IN (SELECT unnest($years::INTEGER[])))
  AND ($metrics IS NULL OR c.metric IN (SELECT unnest($metrics::VARCHAR[])))
  AND ($bureaus IS NULL OR c.bureau_id IN (SELECT unnest($bureaus::VARCHAR[])))
ORDER BY
    c.family, c.metric, other_measure, other_scope, c.measure, c.scope,
    c.division_code NULLS LAST, c.bureau_id, c.year;
