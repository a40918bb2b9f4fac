table "users" {
  schema  = schema.shop
  comment = "it's \"us\""
  engine  = InnoDB
  charset = "latin1"
  collate = "latin1_swedish_ci"
  auto_increment = 100
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "name" {
    type    = varchar(100)
    default = "x"
    charset = "utf8mb4"
    collate = "utf8mb4_bin"
  }
  column "kind" {
    type    = enum("a","b","it's")
    default = "a"
  }
  column "flags" {
    type = set("x","y")
    null = true
  }
  column "price" {
    type    = decimal(10,2)
    default = 1.5
  }
  column "active" {
    type    = bool
    default = true
  }
  column "created" {
    type    = timestamp
    default = sql("CURRENT_TIMESTAMP")
  }
  column "updated" {
    type      = timestamp(3)
    default   = sql("current_timestamp(3)")
    on_update = sql("current_timestamp(3)")
  }
  primary_key {
    columns = [column.id]
  }
  index "name" {
    on {
      column = column.name
      prefix = 10
    }
    on {
      desc   = true
      column = column.price
    }
    comment = "by name"
  }
  index "one" {
    unique  = true
    columns = [column.kind, column.name]
  }
  check "price" {
    expr     = "price > 0"
    enforced = true
  }
}
table "orders" {
  schema = schema.shop
  column "id" { type = int }
  column "user_id" {
    type     = bigint
    unsigned = true
    null     = true
  }
  primary_key { columns = [column.id] }
  foreign_key "owner" {
    columns     = [column.user_id]
    ref_columns = [table.users.column.id]
    on_update   = NO_ACTION
    on_delete   = SET_NULL
  }
}
schema "shop" {
  charset = "utf8mb4"
  collate = "utf8mb4_general_ci"
}
