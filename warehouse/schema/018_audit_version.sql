-- With which checks the figures were audited: another audit looks at all bureaus anew, the same one at those that a run has changed.
ALTER TABLE etl_run ADD COLUMN audit_version VARCHAR;

COMMENT ON COLUMN etl_run.audit_version IS 'Hash of the checks, metrics and divisions that the audit of the run held the figures against; null for runs before it was kept.';
