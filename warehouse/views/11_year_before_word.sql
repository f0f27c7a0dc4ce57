-- The words that name the year before. A growth against anything else (上月, 2020年, 目标) is no year-on-year growth.
CREATE OR REPLACE VIEW year_before_word AS
SELECT word
FROM (VALUES
    ('上年'), ('上年度'), ('上年末'), ('上年底'), ('上年同期'), ('上一年'), ('上一年度'), ('上一年同期'),
    ('去年'), ('去年末'), ('去年底'), ('去年同期'), ('同比'), ('同期'), ('年初')
) AS words (word);

COMMENT ON VIEW year_before_word IS 'Printed words that name the year before the one that a figure is about.';
COMMENT ON COLUMN year_before_word.word IS 'The word as printed; compared as a whole with relative_to.';
