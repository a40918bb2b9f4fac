diff {
  skip {
    drop_schema       = true
    drop_table        = true
    rename_constraint = true
  }
  concurrent_index {
    create = true
    drop   = true
  }
}
env "local" {
  diff {
    skip {
      drop_column = true
      drop_index  = false
    }
  }
}
