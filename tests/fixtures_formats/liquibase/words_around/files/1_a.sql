--liquibase formatted sql logicalFilePath:files/1_a.sql

--changeset "ada of example":"first one" stripComments:true splitStatements:true runOnChange:false failOnError:true
--comment: what it is for;
-- another note;
CREATE TABLE a (
  id integer, -- the key;
  t text DEFAULT 'x;y'
);
/* liquibase rollback
   DROP TABLE a;
*/

--changeset a:2 logicalFilePath:files/1_a.sql
--validCheckSum: ANY
INSERT INTO a VALUES (1, 'it''s');
