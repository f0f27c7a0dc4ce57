-- New versions of documents, with their text.
INSERT INTO dim_document (document_id, content_hash, name, path, format, encoding, characters, text, first_run)
SELECT document_id, content_hash, name, path, format, encoding, length(text), text, getvariable('run_id')
FROM incoming AS i
WHERE state IN ('new', 'changed')
  AND NOT EXISTS (FROM dim_document AS d WHERE d.document_id = i.document_id AND d.content_hash = i.content_hash)
ORDER BY extraction_id;
