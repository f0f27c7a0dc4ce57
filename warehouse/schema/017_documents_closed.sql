-- Documents whose sources are gone are closed on request (run --prune); the run says how many.
ALTER TABLE etl_run ADD COLUMN documents_closed INTEGER DEFAULT 0;

COMMENT ON COLUMN etl_run.documents_closed IS 'Documents that were closed because their source was gone (run --prune); their facts stay readable with observations_as_of().';
