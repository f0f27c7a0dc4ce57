-- The current facts as reviewed, each with its bureau, its document and the sentence that says it.
CREATE OR REPLACE VIEW observation AS
SELECT * FROM observations_as_of(run_shown());

COMMENT ON VIEW observation IS 'The current facts, each with its bureau, its document and its sentence; figures that a reviewer rejected are left out, corrected ones hold what was decided.';
COMMENT ON COLUMN observation.review IS 'accepted or corrected when a reviewer decided; null when nobody did.';
