-- The current documents about some years and of some bureaus; null stands for all.
SELECT document_id
FROM extraction_shown
WHERE ($years IS NULL OR report_year IN (SELECT unnest($years::INTEGER[])))
  AND ($bureaus IS NULL OR bureau_id IN (SELECT unnest($bureaus::VARCHAR[])));
