atlas cloud repo list
