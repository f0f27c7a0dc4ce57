-- One row a fact as read. Rows are inserted and never changed; which rows are current is said by extraction.
CREATE TABLE fact_observation (
    extraction_id  INTEGER NOT NULL,
    fact_id        VARCHAR NOT NULL,
    mention_id     VARCHAR NOT NULL,
    document_id    VARCHAR NOT NULL,
    document       VARCHAR NOT NULL,
    start          INTEGER NOT NULL,
    "end"          INTEGER NOT NULL,
    text           VARCHAR NOT NULL,
    metric         VARCHAR,
    label          VARCHAR NOT NULL,
    narrowed       BOOLEAN NOT NULL,
    value          DECIMAL(38, 10),
    lower          DECIMAL(38, 10),
    upper          DECIMAL(38, 10),
    qualifier      VARCHAR NOT NULL,
    unit           VARCHAR NOT NULL,
    measure        VARCHAR NOT NULL,
    "of"           INTEGER,
    relative_to    VARCHAR,
    status         VARCHAR NOT NULL,
    year           INTEGER,
    period_start   DATE,
    period_end     DATE,
    scope          VARCHAR,
    part_of        INTEGER,
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    sentence       VARCHAR NOT NULL,
    section        VARCHAR NOT NULL,
    page           INTEGER,
    "row"          INTEGER,
    "column"       INTEGER,
    rule           VARCHAR NOT NULL,
    term           VARCHAR,
    confidence     VARCHAR NOT NULL,
    PRIMARY KEY (extraction_id, fact_id)
);

COMMENT ON TABLE fact_observation IS 'Every fact ever read: a quantity said of something. Immutable; for the current ones read the view observation.';
COMMENT ON COLUMN fact_observation.extraction_id IS 'Extraction that the fact belongs to.';
COMMENT ON COLUMN fact_observation.fact_id IS 'Stable id: hash of mention_id, metric, measure and label. The same fact may occur under several extractions.';
COMMENT ON COLUMN fact_observation.mention_id IS 'Id of the place in the document: survives edits elsewhere in it; review decisions hang on it.';
COMMENT ON COLUMN fact_observation.document_id IS 'Document that says it.';
COMMENT ON COLUMN fact_observation.document IS 'Base name of the file.';
COMMENT ON COLUMN fact_observation.start IS 'First code point of the quantity in the canonical text, counted from 0.';
COMMENT ON COLUMN fact_observation."end" IS 'Code point behind the quantity (end exclusive).';
COMMENT ON COLUMN fact_observation.text IS 'The quantity as printed, with qualifier and unit; for a zero said without a numeral, the noun that is denied.';
COMMENT ON COLUMN fact_observation.metric IS 'Metric (dim_metric), or null for an open fact, which is named by its label.';
COMMENT ON COLUMN fact_observation.label IS 'Words of the document that the number counts.';
COMMENT ON COLUMN fact_observation.narrowed IS 'True when the label restricts the metric to a part of it.';
COMMENT ON COLUMN fact_observation.value IS 'Stated number in the unit, exact; null for a range or a vague count.';
COMMENT ON COLUMN fact_observation.lower IS 'Stated lower bound in the unit; null = not bounded below.';
COMMENT ON COLUMN fact_observation.upper IS 'Stated upper bound in the unit; null = not bounded above.';
COMMENT ON COLUMN fact_observation.qualifier IS 'exact, more_than, at_least, nearly, about, at_most, less_than, range or vague.';
COMMENT ON COLUMN fact_observation.unit IS 'Canonical unit of the metric, or the printed counter of an open fact; empty when none is printed.';
COMMENT ON COLUMN fact_observation.measure IS 'stock (level at a moment), flow (within the period), growth (% relative), change (absolute), ratio, rank.';
COMMENT ON COLUMN fact_observation."of" IS 'For growth, change and rank: start of the fact that it qualifies, if printed.';
COMMENT ON COLUMN fact_observation.relative_to IS 'What growth, change, rank or share is measured against, as printed; growth without it is against the year before.';
COMMENT ON COLUMN fact_observation.status IS 'actual, planned or required.';
COMMENT ON COLUMN fact_observation.year IS 'Year that the figure is about; may differ from the report year.';
COMMENT ON COLUMN fact_observation.period_start IS 'First day of the period; null when unsaid.';
COMMENT ON COLUMN fact_observation.period_end IS 'Last day of the period, or the as-of date of a stock; null when unsaid.';
COMMENT ON COLUMN fact_observation.scope IS 'jurisdiction, bureau, or null when the text does not say (then the default of the metric holds).';
COMMENT ON COLUMN fact_observation.part_of IS 'start of the total that this is a part of, in the same document; null for a whole.';
COMMENT ON COLUMN fact_observation.sentence_start IS 'First code point of the sentence.';
COMMENT ON COLUMN fact_observation.sentence_end IS 'Code point behind the sentence.';
COMMENT ON COLUMN fact_observation.sentence IS 'The sentence that says it; a page without full stops is cut into pieces of at most 800 characters.';
COMMENT ON COLUMN fact_observation.section IS 'Heading path above the sentence.';
COMMENT ON COLUMN fact_observation.page IS 'Page of a PDF, from 1; else null.';
COMMENT ON COLUMN fact_observation."row" IS 'Row of a table, from 1; else null.';
COMMENT ON COLUMN fact_observation."column" IS 'Column of a table, from 1; else null.';
COMMENT ON COLUMN fact_observation.rule IS 'Grammar rule that read it.';
COMMENT ON COLUMN fact_observation.term IS 'Catalogue term that named the metric; null for an open fact.';
COMMENT ON COLUMN fact_observation.confidence IS 'high, medium or low; low goes to a person.';
