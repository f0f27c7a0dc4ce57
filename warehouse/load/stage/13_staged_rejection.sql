-- The sources of the staged batches that could not be taken, and those that a later source of the same document id displaced.
-- Variable: rejection_files.
CREATE OR REPLACE TEMP TABLE staged_rejection AS
SELECT DISTINCT document_id, path, reason, detail, hint
FROM read_json(
    getvariable('rejection_files'),
    format = 'newline_delimited',
    compression = 'gzip',
    columns = {document_id: 'VARCHAR', path: 'VARCHAR', reason: 'VARCHAR', detail: 'VARCHAR', hint: 'VARCHAR'}
)
UNION
SELECT
    document_id, path, 'duplicate_document',
    'another source of this run has the document id ' || document_id || ' too',
    'give the documents different ids in a manifest'
FROM (SELECT *, row_number() OVER (PARTITION BY document_id ORDER BY position) AS place FROM staged_document)
WHERE place > 1;
