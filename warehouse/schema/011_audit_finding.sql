-- What the checks in warehouse/audit/ found: figures that contradict each other. A finding never changes a figure.
CREATE TABLE audit_finding (
    finding_id     VARCHAR NOT NULL,
    check_name     VARCHAR NOT NULL,
    severity       VARCHAR NOT NULL,
    bureau_id      VARCHAR NOT NULL,
    document_id    VARCHAR NOT NULL,
    metric         VARCHAR,
    year           INTEGER,
    fact_id        VARCHAR NOT NULL,
    figure         VARCHAR NOT NULL,
    sentence       VARCHAR NOT NULL,
    other_fact_id  VARCHAR,
    other_figure   VARCHAR NOT NULL,
    other_sentence VARCHAR,
    message        VARCHAR NOT NULL,
    valid_from_run INTEGER NOT NULL,
    valid_to_run   INTEGER,
    PRIMARY KEY (finding_id, valid_from_run)
);

COMMENT ON TABLE audit_finding IS 'Figures that contradict each other or look like a slip of the unit, with both figures and both sentences.';
COMMENT ON COLUMN audit_finding.finding_id IS 'Hash of the check, the figures and their facts: the same finding has the same id in every run.';
COMMENT ON COLUMN audit_finding.check_name IS 'Name of the check: the file in warehouse/audit/.';
COMMENT ON COLUMN audit_finding.severity IS 'error (the figures cannot both be right), warning (probably wrong) or notice (worth a look).';
COMMENT ON COLUMN audit_finding.bureau_id IS 'Bureau whose figure is questioned (dim_bureau).';
COMMENT ON COLUMN audit_finding.document_id IS 'Document that prints the figure.';
COMMENT ON COLUMN audit_finding.metric IS 'Metric of the figure; null for an open fact.';
COMMENT ON COLUMN audit_finding.year IS 'Year that the figure is about.';
COMMENT ON COLUMN audit_finding.fact_id IS 'Fact that is questioned.';
COMMENT ON COLUMN audit_finding.figure IS 'Its figure, in the canonical unit.';
COMMENT ON COLUMN audit_finding.sentence IS 'The sentence that says it.';
COMMENT ON COLUMN audit_finding.other_fact_id IS 'Fact that contradicts it; null where the other figure is computed from several.';
COMMENT ON COLUMN audit_finding.other_figure IS 'The contradicting figure, in the canonical unit.';
COMMENT ON COLUMN audit_finding.other_sentence IS 'The sentence that says that.';
COMMENT ON COLUMN audit_finding.message IS 'The contradiction in one line.';
COMMENT ON COLUMN audit_finding.valid_from_run IS 'Run that first found it.';
COMMENT ON COLUMN audit_finding.valid_to_run IS 'Run that no longer did; null while it stands.';
