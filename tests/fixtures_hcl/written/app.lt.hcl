schema "main" {
}
table "users" {
  schema = schema.main
  column "id" {
    null           = false
    type           = integer
    auto_increment = true
  }
  column "name" {
    type    = varchar(255)
    default = "x"
  }
  column "amount" {
    type    = numeric(10,2)
    default = 1.5
  }
  column "at" {
    type    = datetime
    default = sql("CURRENT_TIMESTAMP")
  }
  column "twice" {
    type = int
    null = true
    as {
      expr = "amount * 2"
      type = STORED
    }
  }
  primary_key {
    columns = [column.id]
  }
  index "users_name" {
    unique  = true
    columns = [column.name]
  }
  index "partial" {
    on {
      desc   = true
      column = column.at
    }
    on {
      expr = "lower(name)"
    }
    where = "amount > 0"
  }
  check "positive" {
    expr = "amount >= 0"
  }
  check {
    expr = "length(name) > 0"
  }
}
table "posts" {
  schema = schema.main
  column "id" { type = int }
  column "author_id" {
    type = int
    null = true
  }
  primary_key { columns = [column.id] }
  foreign_key "author" {
    columns     = [column.author_id]
    ref_columns = [table.users.column.id]
    on_delete   = SET_NULL
  }
}
