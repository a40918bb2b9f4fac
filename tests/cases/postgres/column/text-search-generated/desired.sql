CREATE TABLE docs (id integer, body text NOT NULL, words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED);
CREATE INDEX docs_words ON docs USING gin (words);
