-- The facts of the staged batches. Values stay text until they are checked, because a cast to DECIMAL rounds silently.
-- Variable: fact_files.
CREATE OR REPLACE TEMP TABLE staged_fact AS
SELECT *
FROM read_json(
    getvariable('fact_files'),
    format = 'newline_delimited',
    compression = 'gzip',
    filename = TRUE,
    columns = {
        fact_id: 'VARCHAR', mention_id: 'VARCHAR', document_id: 'VARCHAR', document: 'VARCHAR', start: 'INTEGER', "end": 'INTEGER',
        text: 'VARCHAR', metric: 'VARCHAR', label: 'VARCHAR', narrowed: 'BOOLEAN', value: 'VARCHAR', lower: 'VARCHAR', upper: 'VARCHAR',
        qualifier: 'VARCHAR', unit: 'VARCHAR', measure: 'VARCHAR', "of": 'INTEGER', relative_to: 'VARCHAR', status: 'VARCHAR',
        year: 'INTEGER', period_start: 'DATE', period_end: 'DATE', scope: 'VARCHAR', part_of: 'INTEGER', sentence_start: 'INTEGER',
        sentence_end: 'INTEGER', sentence: 'VARCHAR', section: 'VARCHAR', page: 'INTEGER', "row": 'INTEGER', "column": 'INTEGER', rule: 'VARCHAR',
        term: 'VARCHAR', confidence: 'VARCHAR'
    }
);
