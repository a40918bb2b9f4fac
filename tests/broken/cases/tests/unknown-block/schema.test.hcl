test "schema" "one" {
  execute {
    sql = "SELECT 1"
  }
}
