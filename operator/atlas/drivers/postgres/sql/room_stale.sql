-- Scratch databases that nobody has used or dropped for an hour. Their names hold the second they were made in.
SELECT d.datname
FROM pg_database AS d
WHERE d.datname ~ '^atlas_dev_[0-9]{1,12}_[0-9a-f]+$'
  AND CASE WHEN d.datname ~ '^atlas_dev_[0-9]{1,12}_[0-9a-f]+$'
           THEN to_timestamp(split_part(d.datname, '_', 3)::double precision) < now() - interval '1 hour'
      END
  AND NOT EXISTS (SELECT FROM pg_stat_activity AS a WHERE a.datname = d.datname)
  AND pg_has_role(d.datdba, 'USAGE')
