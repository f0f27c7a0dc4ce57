-- observations.csv: one row a current fact, in the order of the text.
-- All fields of a fact as in the contract, then who published the document, then the sentence. document_id is the path of the
-- document below its source folder (or its address, or its id in the manifest); the folder itself stays out, so that the file is
-- the same on every machine.
SELECT
    fact_id, mention_id, document_id, document, start, "end", text, metric, label, narrowed, value, lower, upper, qualifier, unit,
    measure, "of", relative_to, status, year, period_start, period_end, scope, part_of, sentence_start, sentence_end, section,
    page, "row", "column", rule, term, confidence,
    bureau_id, bureau, bureau_printed, division_code, division, level, report_year, published,
    sentence, review
FROM observation
WHERE ($years IS NULL OR year IN (SELECT unnest($years::INTEGER[])))
  AND ($metrics IS NULL OR metric IN (SELECT unnest($metrics::VARCHAR[])))
  AND ($bureaus IS NULL OR bureau_id IN (SELECT unnest($bureaus::VARCHAR[])))
ORDER BY document_id, start, "end", fact_id;
