-- Rejections that no longer stand are closed, new ones are added.
UPDATE rejected_document SET valid_to_run = getvariable('run_id')
FROM rejection_change AS c
WHERE c.change = 'closed' AND rejected_document.valid_to_run IS NULL
  AND c.document_id = rejected_document.document_id AND c.path = rejected_document.path
  AND c.reason = rejected_document.reason AND c.detail = rejected_document.detail AND c.hint = rejected_document.hint;

INSERT INTO rejected_document (document_id, path, reason, detail, hint, valid_from_run, valid_to_run)
SELECT document_id, path, reason, detail, hint, getvariable('run_id'), NULL
FROM rejection_change
WHERE change = 'new'
ORDER BY document_id, path, reason;
