-- Mentions of one document that exclude each other, worked out once for the three checks that tell them apart.
CREATE TEMP TABLE rival_mention AS
SELECT * FROM rival_mention;
