-- What was applied to this file: numbered migrations, once each, and the current text of the views.
CREATE TABLE IF NOT EXISTS schema_migration (
    name       VARCHAR PRIMARY KEY,
    number     INTEGER,
    checksum   VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE schema_migration IS 'Migrations (schema/) applied to this file, and the views (views/) as last defined.';
COMMENT ON COLUMN schema_migration.name IS 'SQL file below warehouse/, without its ending.';
COMMENT ON COLUMN schema_migration.number IS 'Number of the migration; null for a view.';
COMMENT ON COLUMN schema_migration.checksum IS 'SHA-256 of the SQL file when it was applied.';
COMMENT ON COLUMN schema_migration.applied_at IS 'When it was applied, in Beijing time (UTC+8).';
