-- rejected.csv: the sources that could not be taken as of the last run, with the reason and what a person can do about it.
-- The document's last good reading, if there is one, stays in the warehouse.
-- The same whatever is chosen: of what was not read nobody knows whose it is.
SELECT document_id, reason, detail, hint
FROM rejected_document
WHERE holds_at(valid_from_run, valid_to_run, run_shown())
ORDER BY document_id, reason, detail;
