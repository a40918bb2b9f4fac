test "schema" "one" {
  exec {
    sql = "SELECT 1"
  }
}
