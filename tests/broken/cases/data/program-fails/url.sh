if [ -z "$DATABASE" ]; then
  echo "DATABASE is not set, password $DB_PASSWORD" >&2
  exit 3
fi
echo "sqlite://$DATABASE"
