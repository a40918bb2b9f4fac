# A blog: keys, references, checks, comments.
schema "public" {
  comment = "standard public schema"
}
table "users" {
  schema  = schema.public
  comment = "people who write"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = ALWAYS
      start     = 100
      increment = 10
    }
  }
  column "email" {
    type = varchar(255)
  }
  column "name" {
    null    = true
    type    = text
    comment = "as they call themselves"
  }
  column "age" {
    null    = true
    type    = smallint
    default = 18
  }
  column "active" {
    type    = boolean
    default = true
  }
  column "created_at" {
    type    = timestamptz
    default = sql("now()")
  }
  column "score" {
    type    = numeric(10,2)
    default = 1.5
  }
  primary_key {
    columns = [column.id]
  }
  index "users_email" {
    unique  = true
    columns = [column.email]
    comment = "one account each"
  }
  index "users_lower" {
    on {
      expr = "lower(name)"
    }
    on {
      desc       = true
      column     = column.age
      nulls_last = true
    }
    where = "active"
  }
  check "adult" {
    expr = "age >= 18"
  }
}
table "posts" {
  schema = schema.public
  column "id" { type = serial }
  column "author_id" { type = bigint }
  column "reply_to" {
    type = int
    null = true
  }
  column "body" { type = text }
  primary_key { columns = [column.id] }
  foreign_key "posts_author" {
    columns     = [column.author_id]
    ref_columns = [table.users.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  foreign_key "posts_reply" {
    columns     = [column.reply_to]
    ref_columns = [column.id]
    on_delete   = SET_NULL
  }
}
