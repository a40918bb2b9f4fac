atlas cloud repo describe --slug payments
