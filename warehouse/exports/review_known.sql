-- Review workbook, taken back: the figures, numerals and documents that the mention ids in $mentions and the ids in $documents name, as
-- they are read now or were when somebody decided on them.
SELECT DISTINCT document_id, mention_id, metric, measure, text AS subject, sentence, unit
FROM fact_version
WHERE list_contains($mentions, mention_id)
UNION ALL
SELECT DISTINCT document_id, mention_id, metric, measure, subject, sentence, NULL
FROM review_decision
WHERE list_contains($mentions, mention_id) AND measure IS NOT NULL
  AND mention_id NOT IN (SELECT mention_id FROM fact_version)
UNION ALL
SELECT document_id, mention_id, NULL, NULL, text, words, NULL
FROM open_numeral
WHERE list_contains($mentions, mention_id)
UNION ALL
SELECT document_id, NULL, NULL, NULL, name, '', NULL
FROM dim_document
WHERE list_contains($documents, document_id)
QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY first_run DESC) = 1;
