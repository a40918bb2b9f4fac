table "docs" {
  schema = schema.public
  column "id" { type = int }
  column "body" { type = jsonb }
  column "title" { type = text }
  column "at" { type = timestamptz }
  column "box" { type = box }
  column "tags" { type = sql("text[]") }
  primary_key {
    columns = [column.id]
    include = [column.title]
  }
  index "gin" {
    type = GIN
    on {
      column = column.body
      ops    = jsonb_path_ops
    }
  }
  index "gist" {
    type    = GiST
    columns = [column.box]
  }
  index "spgist" {
    type    = "SPGIST"
    columns = [column.title]
  }
  index "brin" {
    type           = BRIN
    columns        = [column.at]
    page_per_range = 64
  }
  index "hash" {
    type    = HASH
    columns = [column.title]
  }
  index "pattern" {
    on {
      column = column.title
      ops    = text_pattern_ops
    }
    include = [column.at]
  }
  index "once" {
    unique         = true
    columns        = [column.title, column.at]
    nulls_distinct = false
  }
  unique "docs_title" {
    columns = [column.title]
    include = [column.at]
  }
}
schema "public" {}
