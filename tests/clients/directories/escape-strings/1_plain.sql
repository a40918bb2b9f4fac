SELECT E'tab\t;';
SELECT e'\\';
SELECT 'no E\';
