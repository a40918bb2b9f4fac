table "part" {
  schema = schema.app
  column "at" {
    null      = false
    type      = timestamptz(3)
    inherited = true
  }
  partition_of {
    table = table.parted
    bound = "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"
  }
}
table "parted" {
  schema = schema.app
  column "at" {
    null = false
    type = timestamptz(3)
  }
  partition {
    type = RANGE
    by {
      column = column.at
    }
    by {
      expr = "abs(1)"
    }
  }
}
table "app" "same" {
  schema = schema.app
  column "id" {
    null = true
    type = integer
  }
}
table "things" {
  schema   = schema.app
  comment  = "it \"is\"\ta 'thing'\nwith $${braces} and %%{more}"
  unlogged = true
  options  = { fillfactor = "70", "toast.autovacuum_enabled" = "false" }
  column "id" {
    null = false
    type = bigint
    identity {
      generated = ALWAYS
      start     = 10
      increment = 5
      min_value = 10
      max_value = 1000
      cache     = 3
      cycle     = true
    }
  }
  column "no" {
    null = false
    type = serial
  }
  column "name" {
    null    = true
    type    = character_varying(20)
    default = "it's"
    comment = "a name"
    collate = "C"
    options = { storage = "EXTERNAL" }
  }
  column "price" {
    null    = true
    type    = numeric(10,2)
    default = -1.50
  }
  column "state" {
    null    = false
    type    = enum.state
    default = "on"
  }
  column "states" {
    null = true
    type = sql("app.state[]")
  }
  column "code" {
    null = true
    type = domain.code
  }
  column "size" {
    null = true
    type = composite.size
  }
  column "span" {
    null = true
    type = range.span
  }
  column "f k" {
    null    = true
    type    = integer
    default = sql("nextval('app.counter'::regclass)")
  }
  column "twice" {
    null = true
    type = integer
    as {
      expr = "(\"f k\" * 2)"
      type = STORED
    }
  }
  column "made" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  column "flag" {
    null    = true
    type    = boolean
    default = true
  }
  primary_key "things_key" {
    columns    = [column.id]
    include    = [column.name]
    deferrable = true
  }
  foreign_key "self" {
    columns            = [column["f k"]]
    ref_columns        = [table.things.column.no]
    on_update          = NO_ACTION
    on_delete          = SET_NULL
    on_delete_columns  = [column["f k"]]
    match              = FULL
    deferrable         = true
    initially_deferred = true
    validated          = false
    comment            = "to itself"
  }
  index "things_brin" {
    columns        = [column.made]
    type           = BRIN
    page_per_range = 64
    options        = { autosummarize = "on" }
  }
  index "things_lower" {
    unique  = true
    comment = "names"
    where   = "(price > (0)::numeric)"
    include = [column.no]
    on {
      desc       = true
      expr       = "lower(name)"
      nulls_last = true
    }
    on {
      column      = column.name
      ops         = text_pattern_ops
      collate     = "C"
      nulls_first = true
    }
  }
  index "things_null" {
    unique         = true
    columns        = [column.name]
    nulls_distinct = false
  }
  check "positive" {
    expr       = "(price > (0)::numeric)"
    no_inherit = true
    validated  = false
    comment    = "no gifts"
  }
  unique "one" {
    columns    = [column.no, column.name]
    comment    = "one of each"
    include    = [column.price]
    deferrable = true
  }
  exclude "no_overlap" {
    type  = GIST
    where = "(price > (0)::numeric)"
    on {
      column = column.span
      op     = "&&"
    }
  }
  row_security {
    enabled  = true
    enforced = true
  }
}
table "base" "same" {
  schema = schema.base
  column "id" {
    null = true
    type = integer
  }
  foreign_key "same_fk" {
    columns     = [column.id]
    ref_columns = [table.app.same.column.id]
    on_update   = CASCADE
    on_delete   = RESTRICT
  }
}
view "cheap" {
  schema = schema.app
  column "id" {
    type = bigint
  }
  as           = <<-SQL
  SELECT id
    FROM app.things

   WHERE price < 10::numeric
  SQL
  depends_on   = [table.things]
  comment      = "the cheap ones"
  check_option = CASCADED
  options      = { security_barrier = "true" }
}
materialized "names" {
  schema = schema.app
  column "name" {
    type = text
  }
  index "names_name" {
    unique  = true
    columns = [column.name]
  }
  as         = "SELECT name FROM app.things"
  depends_on = [table.things]
  with_data  = false
}
function "f(integer)" {
  name   = "f"
  schema = schema.app
  lang   = SQL
  arg "a" {
    type    = integer
    default = 1
  }
  return     = integer
  as         = "SELECT a"
  volatility = IMMUTABLE
  leakproof  = true
  strict     = true
  parallel   = SAFE
}
function "f(text)" {
  name   = "f"
  schema = schema.app
  lang   = PLpgSQL
  arg {
    type = text
  }
  return_set    = enum.state
  as            = <<-SQL
  BEGIN
    RETURN;
  END
  SQL
  security      = DEFINER
  cost          = "10"
  rows          = "5"
  config_params = { search_path = "pg_catalog" }
  comment       = "two of a name"
}
function "many" {
  schema = schema.app
  lang   = SQL
  return_table {
    column "a" {
      type = integer
    }
    column "b c" {
      type = text
    }
  }
  as = "SELECT 1, 'x'"
}
function "touch" {
  schema = schema.app
  lang   = PLpgSQL
  return = trigger
  as     = "BEGIN RETURN NEW; END"
}
procedure "p" {
  schema = schema.app
  lang   = PLpgSQL
  arg "x" {
    type = integer
    mode = INOUT
  }
  as = "BEGIN x := 1; END"
}
trigger "touched" {
  on   = table.things
  for  = ROW
  when = "new.price > 1::numeric"
  before {
    insert    = true
    update_of = [table.things.column.name]
  }
  execute {
    function = function.touch
    args     = ["a", "b"]
  }
}
trigger "watched" {
  on                 = table.things
  for                = ROW
  constraint         = true
  from               = table.parted
  deferrable         = true
  initially_deferred = true
  enabled            = DISABLED
  comment            = "late"
  after {
    delete = true
  }
  execute {
    function = "pg_catalog.suppress_redundant_updates_trigger"
  }
}
trigger "wiped" {
  on  = table.things
  for = STATEMENT
  after {
    update = true
  }
  referencing {
    old_table = "old rows"
    new_table = "new_rows"
  }
  execute {
    function = function.touch
  }
}
enum "state" {
  schema  = schema.app
  values  = ["on", "it's"]
  comment = "of a thing"
}
domain "code" {
  schema  = schema.app
  type    = text
  null    = false
  default = "x"
  collate = "C"
  comment = "a code"
  check "code_check" {
    expr = "(VALUE <> ''::text)"
  }
}
composite "size" {
  schema  = schema.app
  comment = "how big"
  field "w" {
    type    = integer
    comment = "wide"
  }
  field "state" {
    type = enum.state
  }
}
range "span" {
  schema       = schema.app
  subtype      = double_precision
  subtype_diff = "float8mi"
  multirange   = "spans"
  comment      = "from to"
}
sequence "counter" {
  schema    = schema.app
  type      = integer
  start     = 5
  increment = 2
  min_value = 1
  max_value = 99
  cache     = 10
  cycle     = true
  owner     = table.things.column["f k"]
  comment   = "counts"
}
aggregate "total" {
  schema = schema.app
  arg {
    type = integer
  }
  state_type    = bigint
  state_func    = "int4_sum"
  initial_value = "0"
  parallel      = SAFE
  comment       = "all of it"
  options       = { COMBINEFUNC = "int8pl" }
}
policy "mine" {
  on      = table.things
  as      = RESTRICTIVE
  for     = SELECT
  to      = ["app_user"]
  using   = "(name = CURRENT_USER)"
  comment = "mine only"
}
policy "yours" {
  on    = table.things
  for   = INSERT
  to    = [PUBLIC]
  check = "true"
}
extension "hstore" {
  schema  = schema.base
  version = "1.8"
  comment = "pairs"
}
schema "app" {
  comment = "the app"
}
schema "base" {
}
