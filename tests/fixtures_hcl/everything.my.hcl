table "listed" {
  schema = schema.shop
  column "id" {
    null = false
    type = int
  }
  partition {
    type         = LIST
    subpartition = "HASH (`id`) SUBPARTITIONS 2"
    by {
      expr = "`id`"
    }
    partition "p0" {
      values_in = ["1", "2"]
    }
  }
}
table "orders" {
  schema         = schema.shop
  comment        = "all \"orders\""
  charset        = "latin1"
  collate        = "latin1_swedish_ci"
  engine         = MyISAM
  auto_increment = 50
  options        = { row_format = "COMPRESSED" }
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "kind" {
    null    = false
    type    = enum("a","b'c")
    default = "a"
  }
  column "tags" {
    null = true
    type = set("x","y")
  }
  column "name" {
    null    = false
    type    = varchar(100)
    default = "it's"
    comment = "a name"
    charset = "utf8mb4"
    collate = "utf8mb4_bin"
  }
  column "price" {
    null     = false
    type     = decimal(10)
    default  = 1.5
    unsigned = true
  }
  column "paid" {
    null    = false
    type    = bool
    default = 0
  }
  column "bits" {
    null    = true
    type    = bit(3)
    default = sql("b'101'")
  }
  column "uid" {
    null = true
    type = sql("uuid")
  }
  column "filled" {
    null = true
    type = sql("int(5) unsigned zerofill")
  }
  column "at" {
    null      = false
    type      = timestamp(3)
    default   = sql("(current_timestamp(3))")
    on_update = sql("current_timestamp(3)")
  }
  column "hidden" {
    null      = true
    type      = int
    invisible = true
  }
  column "twice" {
    null = true
    type = int
    as {
      expr = "`price` * 2"
      type = VIRTUAL
    }
  }
  primary_key {
    type = HASH
    on {
      column = column.id
    }
    on {
      column = column.name
      prefix = 10
    }
  }
  foreign_key "self" {
    columns     = [column.id]
    ref_columns = [table.orders.column.id]
    on_update   = RESTRICT
    on_delete   = SET_DEFAULT
  }
  index "full" {
    columns = [column.name]
    comment = "words"
    type    = FULLTEXT
    parser  = ngram
  }
  index "prefixed" {
    unique    = true
    invisible = true
    on {
      column = column.name
      prefix = 10
    }
    on {
      desc   = true
      column = column.price
    }
  }
  check "positive" {
    expr     = "`price` > 0"
    enforced = false
  }
  partition {
    type = RANGE_COLUMNS
    by {
      expr = "`id`"
    }
    partition "p0" {
      values_less_than = ["10", "'a,b'"]
      comment          = "first"
      options          = { engine = "InnoDB" }
    }
    partition "p1" {
      values_less_than = ["MAXVALUE", "MAXVALUE"]
    }
  }
}
table "spread" {
  schema = schema.shop
  column "id" {
    null = false
    type = int
  }
  partition {
    type    = LINEAR_KEY
    columns = [column.id]
    count   = 4
  }
}
view "cheap" {
  schema = schema.shop
  column "id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  as           = "select `o`.`id` AS `id` from `orders` `o`"
  depends_on   = [table.orders]
  check_option = LOCAL
  options      = { algorithm = "MERGE" }
}
function "f" {
  schema = schema.shop
  arg "a" {
    type     = int
    unsigned = true
  }
  arg "s" {
    type    = varchar(10)
    charset = "latin1"
    collate = "latin1_bin"
  }
  return        = int
  as            = "return a + 1"
  security      = INVOKER
  deterministic = true
  data_access   = NO_SQL
  comment       = "one more"
}
procedure "p" {
  schema = schema.shop
  arg "x" {
    type = int
    mode = OUT
  }
  as = <<-SQL
  begin
    set x = 1;
  end
  SQL
}
trigger "stamped" {
  on = table.orders
  as = "set new.name = 'x'"
  before {
    insert = true
  }
}
event "nightly" {
  schema   = schema.shop
  schedule = "EVERY 1 DAY STARTS '2024-01-01 00:00:00'"
  as       = "delete from `orders`"
  status   = "DISABLED"
  preserve = true
  comment  = "cleans"
}
schema "shop" {
  charset = "utf8mb4"
  collate = "utf8mb4_general_ci"
}
