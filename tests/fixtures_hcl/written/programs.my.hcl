table "t" {
  schema = schema.shop
  column "id" { type = int }
  column "n" {
    type = int
    null = true
  }
  primary_key { columns = [column.id] }
}
view "big" {
  schema = schema.shop
  column "id" { type = int }
  as           = "select `id` from `t` where `n` > 10"
  depends_on   = [table.t]
  check_option = CASCADED
}
function "twice" {
  schema = schema.shop
  arg "x" {
    type = int
  }
  return        = int
  as            = "RETURN x * 2"
  deterministic = true
  data_access   = NO_SQL
  security      = INVOKER
}
procedure "fill" {
  schema = schema.shop
  arg "n" {
    type = int
    mode = IN
  }
  arg "m" {
    type = int
    mode = OUT
  }
  as      = "BEGIN\n  SET m = n + 1;\nEND"
  comment = "fills"
}
trigger "before_t" {
  on = table.t
  before {
    insert = true
  }
  as = "SET NEW.n = IFNULL(NEW.n, 1)"
}
schema "shop" {
  charset = "utf8mb4"
  collate = "utf8mb4_general_ci"
}
