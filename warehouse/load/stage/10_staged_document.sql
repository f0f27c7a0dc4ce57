-- The documents of the staged batches, in the order of the batches.
-- Variables: document_files (list of gzip JSON-lines files), longest_record (bytes).
CREATE OR REPLACE TEMP TABLE staged_document AS
SELECT *, row_number() OVER (ORDER BY list_position(getvariable('document_files'), filename), document_id, content_hash) AS position
FROM read_json(
    getvariable('document_files'),
    format = 'newline_delimited',
    compression = 'gzip',
    filename = TRUE,
    maximum_object_size = getvariable('longest_record'),
    columns = {
        document_id: 'VARCHAR', name: 'VARCHAR', path: 'VARCHAR', format: 'VARCHAR', encoding: 'VARCHAR', content_hash: 'VARCHAR',
        text: 'VARCHAR', bureau_id: 'VARCHAR', bureau: 'VARCHAR', bureau_printed: 'VARCHAR', division_code: 'VARCHAR',
        division: 'VARCHAR', level: 'VARCHAR', report_year: 'INTEGER', published: 'DATE', kind: 'VARCHAR', confidence: 'VARCHAR',
        doubts: 'VARCHAR[]', evidence: 'JSON', source_key: 'VARCHAR', identity_hash: 'VARCHAR', extractor_fingerprint: 'VARCHAR',
        facts_hash: 'VARCHAR', ledger_hash: 'VARCHAR', facts: 'INTEGER', dispositions: 'MAP(VARCHAR, INTEGER)'
    }
);
