-- Where the checks put what they find, before it is compared with what stood.
CREATE OR REPLACE TEMP TABLE found_now (
    check_name VARCHAR, severity VARCHAR, bureau_id VARCHAR, document_id VARCHAR, metric VARCHAR, year INTEGER, fact_id VARCHAR,
    figure VARCHAR, sentence VARCHAR, other_fact_id VARCHAR, other_figure VARCHAR, other_sentence VARCHAR, message VARCHAR
);
