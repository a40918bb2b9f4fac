// One target, named by its label.
env "local" {
  url     = "sqlite://app.db"
  dev     = "sqlite://dev?mode=memory"
  src     = "file://schema.sql"
  schemas = ["main"]
  exclude = ["tmp_*", "audit"]
  include = ["users*"]
  tx_mode = "none"
  region  = "eu"
  shards  = [1, 2]
}
