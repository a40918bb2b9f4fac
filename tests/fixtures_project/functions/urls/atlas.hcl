variable "url" {
  type    = string
  default = "postgres://db:5432/app"
}
env "local" {
  url    = urluserinfo(urlqueryset(urlsetpath(var.url, "/other"), "search_path", "public"), "me", "p@ss")
  escape = urlescape("a b/ü")
}
