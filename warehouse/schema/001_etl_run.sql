-- One row a run that changed the warehouse; a run that changes nothing leaves no trace here (its log line is in logs/).
CREATE TABLE etl_run (
    run_id                INTEGER PRIMARY KEY,
    run_key               VARCHAR NOT NULL UNIQUE,
    started_at            TIMESTAMP NOT NULL,
    product_version       VARCHAR NOT NULL,
    extractor_fingerprint VARCHAR NOT NULL,
    sources               VARCHAR[] NOT NULL,
    documents_new         INTEGER NOT NULL DEFAULT 0,
    documents_changed     INTEGER NOT NULL DEFAULT 0,
    facts_new             INTEGER NOT NULL DEFAULT 0,
    facts_closed          INTEGER NOT NULL DEFAULT 0,
    rejected_new          INTEGER NOT NULL DEFAULT 0,
    findings_new          INTEGER NOT NULL DEFAULT 0
);

COMMENT ON TABLE etl_run IS 'One row for each run that changed the warehouse. Every valid_from_run and valid_to_run refers to run_id.';
COMMENT ON COLUMN etl_run.run_id IS 'Number of the run, counting up from 1; a later run has a higher number.';
COMMENT ON COLUMN etl_run.run_key IS 'Name that the run gave itself; also in the log.';
COMMENT ON COLUMN etl_run.started_at IS 'When the run started, in Beijing time (UTC+8).';
COMMENT ON COLUMN etl_run.product_version IS 'Version of bureau-metrics that ran.';
COMMENT ON COLUMN etl_run.extractor_fingerprint IS 'Hash of extractor sources, catalogue and numeral library: equal fingerprints read equal texts equally.';
COMMENT ON COLUMN etl_run.sources IS 'What the run was asked to read, as given on the command line.';
COMMENT ON COLUMN etl_run.documents_new IS 'Documents that the warehouse had not seen before.';
COMMENT ON COLUMN etl_run.documents_changed IS 'Known documents whose text, identity or facts differ from the last run.';
COMMENT ON COLUMN etl_run.facts_new IS 'Fact rows that this run inserted.';
COMMENT ON COLUMN etl_run.facts_closed IS 'Fact rows that stopped being current in this run; they stay readable with observations_as_of().';
COMMENT ON COLUMN etl_run.rejected_new IS 'Sources that this run rejected and no earlier run had rejected for the same reason.';
COMMENT ON COLUMN etl_run.findings_new IS 'Audit findings that this run found first.';
