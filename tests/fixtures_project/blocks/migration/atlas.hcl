env "local" {
  migration {
    dir              = "file://migrations"
    format           = golang-migrate
    baseline         = "20260101000000"
    exec_order       = LINEAR_SKIP
    lock_timeout     = "30s"
    revisions_schema = "history"
    to_version       = "20260102000000"
    repo {
      name   = "app"
      backup = ["s3://copies/app?region=eu-central-1", "gs://copies/app"]
    }
  }
}
