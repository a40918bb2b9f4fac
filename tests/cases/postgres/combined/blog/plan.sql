-- Create enum type "visibility"
CREATE TYPE "visibility" AS ENUM ('draft', 'public');
-- Create "tags" table
CREATE TABLE "tags" (
  "post_id" integer NOT NULL,
  "tag" text NOT NULL,
  PRIMARY KEY ("post_id", "tag"),
  CONSTRAINT "tags_post" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Modify "posts" table
ALTER TABLE "posts" DROP CONSTRAINT "posts_user", ALTER COLUMN "user_id" SET NOT NULL, ADD COLUMN "state" "visibility" NOT NULL DEFAULT 'draft'::visibility, ADD CONSTRAINT "posts_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE CASCADE;
-- Create index "posts_user_idx" to table: "posts"
CREATE INDEX "posts_user_idx" ON "posts" ("user_id") WHERE (state = 'public'::visibility);
-- Modify "users" table
ALTER TABLE "users" ALTER COLUMN "name" TYPE character varying(100), ALTER COLUMN "name" SET NOT NULL, ADD COLUMN "email" text NULL, ADD CONSTRAINT "users_email" UNIQUE ("email");
-- Create "public_posts" view
CREATE VIEW "public_posts" ("id", "name", "body") AS SELECT p.id,
    u.name,
    p.body
   FROM (posts p
     JOIN users u ON ((u.id = p.user_id)))
  WHERE (p.state = 'public'::visibility);
