-- Review workbook, the documents whose identity is in doubt: who published them, about which division and year.
SELECT
    e.document_id,
    d.name AS document,
    left(d.text, 120) AS words,
    array_to_string(e.doubts, ' ') AS doubts,
    e.confidence,
    coalesce(e.bureau, e.bureau_printed) AS bureau,
    e.division_code,
    e.division,
    e.report_year,
    e.published
FROM extraction_shown AS e
JOIN dim_document AS d ON d.document_id = e.document_id AND d.content_hash = e.content_hash
JOIN review_queue AS q ON q.kind = 'identity' AND q.document_id = e.document_id
ORDER BY e.document_id;
