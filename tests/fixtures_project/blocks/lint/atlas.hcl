lint {
  review = ERROR
  git {
    base = "main"
    dir  = ".."
  }
  destructive {
    error = true
  }
  naming {
    match   = "^[a-z_]+$"
    message = "lower case, please"
    index {
      match = "_idx$"
    }
  }
}
env "local" {
  lint {
    latest = 2
    format = "{{ .URL }}"
    data_depend {
      error = true
    }
    concurrent_index {
      check_create = true
    }
  }
}
