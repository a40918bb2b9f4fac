table "orders" {
  schema = schema.shop
  column "id" { type = int }
  partition {
    type = RANGE
    by {
      expr = "id"
    }
    partition "p0" {
      values_less_than = ["101"]
      comment          = "first"
    }
    partition "p1" {
      values_less_than = ["MAXVALUE"]
    }
  }
}
table "hashed" {
  schema = schema.shop
  column "id" { type = int }
  partition {
    type = HASH
    by {
      expr = "id"
    }
    partition "h0" {}
    partition "h1" {}
  }
}
schema "shop" {
  charset = "utf8mb4"
}
