-- What a person decided about a mention or a document. The figure as read stays in fact_observation.
CREATE TABLE review_decision (
    decision_id    VARCHAR NOT NULL,
    document_id    VARCHAR NOT NULL,
    mention_id     VARCHAR,
    decision       VARCHAR NOT NULL,
    field          VARCHAR,
    decided_value  VARCHAR,
    reviewer       VARCHAR NOT NULL,
    decided_at     TIMESTAMP NOT NULL,
    note           VARCHAR,
    valid_from_run INTEGER NOT NULL,
    valid_to_run   INTEGER,
    PRIMARY KEY (decision_id, valid_from_run)
);

COMMENT ON TABLE review_decision IS 'Decisions of reviewers about mentions and documents, valid from run to run.';
COMMENT ON COLUMN review_decision.decision_id IS 'Id of the decision.';
COMMENT ON COLUMN review_decision.document_id IS 'Document that the decision is about.';
COMMENT ON COLUMN review_decision.mention_id IS 'Mention that it is about; null when it is about the identity of the document.';
COMMENT ON COLUMN review_decision.decision IS 'accept, reject or correct.';
COMMENT ON COLUMN review_decision.field IS 'Field that is corrected; null for accept and reject.';
COMMENT ON COLUMN review_decision.decided_value IS 'Value that the reviewer set, as text.';
COMMENT ON COLUMN review_decision.reviewer IS 'Who decided.';
COMMENT ON COLUMN review_decision.decided_at IS 'When, in Beijing time (UTC+8).';
COMMENT ON COLUMN review_decision.note IS 'Why.';
COMMENT ON COLUMN review_decision.valid_from_run IS 'Run from which on the decision holds.';
COMMENT ON COLUMN review_decision.valid_to_run IS 'Run from which on it no longer does; null while it holds.';
