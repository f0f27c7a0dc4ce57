-- The ledger of new extractions, and of confirmed ones whose facts stayed while their ledger did not.
DELETE FROM ledger_count
WHERE extraction_id IN (SELECT extraction_id FROM incoming WHERE state = 'confirmed');

DELETE FROM ledger
WHERE extraction_id IN (SELECT extraction_id FROM incoming WHERE state = 'confirmed');

INSERT INTO ledger_count (extraction_id, disposition, numerals)
SELECT extraction_id, entry.key, entry.value
FROM (SELECT extraction_id, unnest(map_entries(dispositions)) AS entry FROM incoming WHERE state <> 'same')
ORDER BY extraction_id, entry.key;

INSERT INTO ledger (extraction_id, start, "end", text, disposition, rule, words)
SELECT i.extraction_id, l.start, l."end", l.text, l.disposition, l.rule, l.words
FROM incoming AS i
JOIN staged_ledger AS l ON l.document_id = i.document_id AND parse_path(l.filename)[1:-2] = parse_path(i.filename)[1:-2]
WHERE i.state <> 'same'
ORDER BY i.extraction_id, l.start;
