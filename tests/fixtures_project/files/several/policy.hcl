diff {
  skip {
    drop_table = true
  }
}
