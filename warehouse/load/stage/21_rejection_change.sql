-- What changes among the rejections: closed ones (their document was read now, fails for another reason, or is gone) and new ones.
CREATE OR REPLACE TEMP TABLE rejection_change AS
SELECT 'closed' AS change, r.document_id, r.path, r.reason, r.detail, r.hint
FROM rejected_document AS r
WHERE r.valid_to_run IS NULL
  AND (
      EXISTS (FROM incoming AS i WHERE i.document_id = r.document_id)
      OR EXISTS (FROM staged_rejection AS s WHERE s.document_id = r.document_id)
      OR EXISTS (FROM gone_document AS g WHERE g.document_id = r.document_id)
  )
  AND NOT EXISTS (
      FROM staged_rejection AS s
      WHERE s.document_id = r.document_id AND s.path = r.path AND s.reason = r.reason AND s.detail = r.detail AND s.hint = r.hint
  )
UNION ALL
SELECT 'new', s.document_id, s.path, s.reason, s.detail, s.hint
FROM staged_rejection AS s
WHERE NOT EXISTS (
    FROM rejected_document AS r
    WHERE r.valid_to_run IS NULL
      AND s.document_id = r.document_id AND s.path = r.path AND s.reason = r.reason AND s.detail = r.detail AND s.hint = r.hint
);
