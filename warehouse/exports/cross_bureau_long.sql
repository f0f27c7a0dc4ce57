-- cross_bureau_long.csv: one row a cell of the view cross_bureau, which is a figure of cross_bureau.csv, with its bounds and its
-- sentence. What is not reported has no row.
-- bureau        Canonical full name of the bureau, as printed where it is not settled.
-- reading       How to read the value: as in the :bound columns of cross_bureau.csv, empty for an exact figure of the whole year.
SELECT
    bureau_id, coalesce(bureau, bureau_printed) AS bureau, division_code, division, year,
    family, metric, name_zh, measure, scope,
    state, value, lower, upper, qualifier, unit,
    figure_reading(state, qualifier, value, lower, upper, period_kind, measure, relative_to) AS reading,
    relative_to, period_kind, period_start, period_end, confidence,
    mentions, narrowed_mentions, agreeing, conflicting, review,
    fact_id, document_id, text, sentence
FROM cross_bureau
WHERE ($years IS NULL OR year IN (SELECT unnest($years::INTEGER[])))
  AND ($metrics IS NULL OR metric IN (SELECT unnest($metrics::VARCHAR[])))
  AND ($bureaus IS NULL OR bureau_id IN (SELECT unnest($bureaus::VARCHAR[])))
ORDER BY division_code NULLS LAST, bureau_id, year, family, metric, measure, scope;
