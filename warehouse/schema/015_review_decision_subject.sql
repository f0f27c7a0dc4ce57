-- What a decision is about: the reading that the reviewer saw. A decision hangs on the mention, and applies while that is read so.
ALTER TABLE review_decision ADD COLUMN metric VARCHAR;
ALTER TABLE review_decision ADD COLUMN measure VARCHAR;
ALTER TABLE review_decision ADD COLUMN subject VARCHAR;
ALTER TABLE review_decision ADD COLUMN sentence VARCHAR;

COMMENT ON COLUMN review_decision.decision IS 'accept, reject or correct.';
COMMENT ON COLUMN review_decision.field IS 'Field that is corrected: of a figure value, metric, measure, unit, year, scope, status or narrowed; of a document bureau, division, year or published. Null for accept and reject.';
COMMENT ON COLUMN review_decision.metric IS 'Metric as it was read when the decision was made; null for an open figure, a numeral and an identity.';
COMMENT ON COLUMN review_decision.measure IS 'Measure as it was read when the decision was made; null for a numeral and an identity.';
COMMENT ON COLUMN review_decision.subject IS 'The figure as printed, or the name of the document.';
COMMENT ON COLUMN review_decision.sentence IS 'The sentence that the reviewer saw.';
