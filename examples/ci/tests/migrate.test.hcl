# A note that is there before it can have an author gets one.

test "migrate" "old notes have an author" {
  migrate {
    to = "20260105090000"
  }
  exec {
    sql = "INSERT INTO notes (id, body) VALUES (1, 'hello')"
  }
  migrate {
    to = "20260112090000"
  }
  exec {
    sql    = "SELECT author FROM notes WHERE id = 1"
    output = "nobody"
  }
}
