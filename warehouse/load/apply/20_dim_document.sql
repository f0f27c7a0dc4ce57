-- New versions of documents, with their text.
INSERT INTO dim_document (document_id, content_hash, name, path, format, encoding, characters, text, first_run)
SELECT i.document_id, i.content_hash, i.name, i.path, i.format, i.encoding, length(s.text), s.text, getvariable('run_id')
FROM incoming AS i
JOIN staged_document AS s ON s.position = i.position
WHERE i.state IN ('new', 'changed')
  AND NOT EXISTS (FROM dim_document AS d WHERE d.document_id = i.document_id AND d.content_hash = i.content_hash)
ORDER BY i.extraction_id;
