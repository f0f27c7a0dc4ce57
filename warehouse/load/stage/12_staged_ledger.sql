-- The numerals of the staged batches that a person must see.
-- Variable: ledger_files.
CREATE OR REPLACE TEMP TABLE staged_ledger AS
SELECT *
FROM read_json(
    getvariable('ledger_files'),
    format = 'newline_delimited',
    compression = 'gzip',
    filename = TRUE,
    columns = {
        document_id: 'VARCHAR', start: 'INTEGER', "end": 'INTEGER', text: 'VARCHAR', disposition: 'VARCHAR', rule: 'VARCHAR',
        words: 'VARCHAR'
    }
);
