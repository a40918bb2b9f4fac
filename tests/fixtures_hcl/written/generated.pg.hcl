table "boxes" {
  schema = schema.public
  column "w" { type = int }
  column "h" { type = int }
  column "area" {
    type = int
    as   = "w * h"
  }
  column "half" {
    type = int
    null = true
    as {
      expr = "w / 2"
      type = STORED
    }
  }
}
schema "public" {}
