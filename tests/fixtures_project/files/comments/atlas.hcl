# hash
// slashes
/* block
   comment */
env "local" {
  url = "sqlite://app.db" # behind
}
