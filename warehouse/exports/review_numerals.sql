-- Review workbook, the numerals that no rule could settle and nobody has looked at.
SELECT
    coalesce(e.bureau, e.bureau_printed) AS bureau,
    n.document_id,
    n.text AS figure,
    n.words AS sentence,
    n.disposition,
    n.rule,
    n.mention_id
FROM open_numeral AS n
JOIN extraction_shown AS e ON e.extraction_id = n.extraction_id
WHERE NOT n.reviewed
ORDER BY n.document_id, n.start;
