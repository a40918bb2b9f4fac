-- Create "w" table
CREATE TABLE "w" (
  "id" integer NULL
);
