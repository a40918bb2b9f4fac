table "users" {
  schema = schema.main
  column "id" {
    null           = false
    type           = integer
    auto_increment = true
  }
  column "name" {
    null    = true
    type    = varchar(255)
    default = "x"
    collate = "NOCASE"
  }
  column "e" {
    null    = true
    type    = sql("foo")
    default = sql("1+1")
  }
  column "double" {
    null = true
    type = int
    as {
      expr = "e*2"
      type = STORED
    }
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "0" {
    columns     = [column.e]
    ref_columns = [table.users.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "sqlite_autoindex_users_1" {
    unique  = true
    columns = [column.name]
  }
  index "sqlite_autoindex_users_2" {
    unique     = true
    columns    = [column.e]
    constraint = "one_e"
    options    = { on_conflict = "REPLACE" }
  }
  index "users_e" {
    where = "e > 5"
    on {
      desc   = true
      column = column.e
    }
    on {
      expr = "lower(name)"
    }
  }
  check {
    expr = "e > 1"
  }
  check "named" {
    expr = "e < 9"
  }
}
table "weird name" {
  schema = schema.main
  column "a-b" {
    null = false
    type = text
  }
  primary_key {
    columns = [column.a-b]
  }
  without_rowid = true
  strict        = true
}
view "v" {
  schema = schema.main
  column "id" {
    type = integer
  }
  as         = "SELECT id FROM users"
  depends_on = [table.users]
}
trigger "t" {
  on   = table.users
  when = "new.e > 1"
  as   = <<-SQL
  BEGIN
    DELETE FROM users;
  END
  SQL
  after {
    update_of = [table.users.column.name]
  }
}
schema "main" {
}
