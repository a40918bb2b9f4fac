package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/schema"
)

const revisionsTable = "atlas_schema_revisions"

// tableColumns are what "atlas migrate apply" creates in each database.
var tableColumns = map[string]string{
	"postgres": `"version" character varying NOT NULL, "description" character varying NOT NULL,
		"type" bigint NOT NULL DEFAULT 2, "applied" bigint NOT NULL DEFAULT 0, "total" bigint NOT NULL DEFAULT 0,
		"executed_at" timestamptz NOT NULL, "execution_time" bigint NOT NULL, "error" text NULL,
		"error_stmt" text NULL, "hash" character varying NOT NULL, "partial_hashes" jsonb NULL,
		"operator_version" character varying NOT NULL, PRIMARY KEY ("version")`,
	"mysql": "`version` varchar(255) NOT NULL, `description` varchar(255) NOT NULL, " +
		"`type` bigint unsigned NOT NULL DEFAULT 2, `applied` bigint NOT NULL DEFAULT 0, " +
		"`total` bigint NOT NULL DEFAULT 0, `executed_at` timestamp NULL, `execution_time` bigint NOT NULL, " +
		"`error` longtext NULL, `error_stmt` longtext NULL, `hash` varchar(255) NOT NULL, " +
		"`partial_hashes` json NULL, `operator_version` varchar(255) NOT NULL, PRIMARY KEY (`version`)",
	"sqlite": "`version` text NOT NULL, `description` text NOT NULL, `type` integer NOT NULL DEFAULT (2), " +
		"`applied` integer NOT NULL DEFAULT (0), `total` integer NOT NULL DEFAULT (0), " +
		"`executed_at` datetime NOT NULL, `execution_time` integer NOT NULL, `error` text NULL, " +
		"`error_stmt` text NULL, `hash` text NOT NULL, `partial_hashes` json NULL, " +
		"`operator_version` text NOT NULL, PRIMARY KEY (`version`)",
}

var columns = []string{
	"version", "description", "type", "applied", "total", "executed_at", "execution_time",
	"error", "error_stmt", "hash", "partial_hashes", "operator_version",
}

// tableRevisions is the revisions table of a database; db is the database or a transaction in it.
type tableRevisions struct {
	db      schema.ExecQuerier
	dialect string // postgres, mysql or sqlite
	schema  string // empty for sqlite
}

var _ migrate.RevisionReadWriter = (*tableRevisions)(nil)

func (t *tableRevisions) create(ctx context.Context) error {
	if t.schema != "" {
		if _, err := t.db.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+t.quote(t.schema)); err != nil {
			return err
		}
	}
	options := ""
	if t.dialect == "mysql" {
		options = " CHARSET utf8mb4 COLLATE utf8mb4_bin"
	}
	_, err := t.db.ExecContext(ctx, fmt.Sprintf(
		"CREATE TABLE IF NOT EXISTS %s (%s)%s", t.table(), tableColumns[t.dialect], options))
	return err
}

func (t *tableRevisions) Ident() *migrate.TableIdent {
	return &migrate.TableIdent{Name: revisionsTable, Schema: t.schema}
}

func (t *tableRevisions) ReadRevisions(ctx context.Context) ([]*migrate.Revision, error) {
	return t.read(ctx, " WHERE version <> '.atlas_cloud_identifier' ORDER BY version")
}

func (t *tableRevisions) ReadRevision(ctx context.Context, version string) (*migrate.Revision, error) {
	rows, err := t.read(ctx, " WHERE version = "+t.mark(1), version)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, migrate.ErrRevisionNotExist
	}
	return rows[0], nil
}

func (t *tableRevisions) read(ctx context.Context, where string, args ...any) ([]*migrate.Revision, error) {
	rows, err := t.db.QueryContext(ctx, "SELECT "+t.names(columns)+" FROM "+t.table()+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []*migrate.Revision
	for rows.Next() {
		var (
			r                      migrate.Revision
			at                     sql.NullTime
			text, statement, parts sql.NullString
		)
		if err := rows.Scan(&r.Version, &r.Description, &r.Type, &r.Applied, &r.Total, &at, &r.ExecutionTime,
			&text, &statement, &r.Hash, &parts, &r.OperatorVersion); err != nil {
			return nil, err
		}
		r.ExecutedAt, r.Error, r.ErrorStmt = at.Time, text.String, statement.String
		if parts.Valid && parts.String != "" {
			if err := json.Unmarshal([]byte(parts.String), &r.PartialHashes); err != nil {
				return nil, err
			}
		}
		all = append(all, &r)
	}
	return all, rows.Err()
}

// WriteRevision inserts the row, or replaces the one of the same version.
func (t *tableRevisions) WriteRevision(ctx context.Context, r *migrate.Revision) error {
	parts, err := json.Marshal(r.PartialHashes)
	if err != nil {
		return err
	}
	marks, changes := make([]string, len(columns)), make([]string, len(columns)-1)
	for i := range columns {
		marks[i] = t.mark(i + 1)
	}
	for i, c := range columns[1:] {
		if t.dialect == "mysql" {
			changes[i] = fmt.Sprintf("%s = VALUES(%[1]s)", t.quote(c))
		} else {
			changes[i] = fmt.Sprintf("%s = excluded.%[1]s", t.quote(c))
		}
	}
	conflict := "ON CONFLICT (version) DO UPDATE SET "
	if t.dialect == "mysql" {
		conflict = "ON DUPLICATE KEY UPDATE "
	}
	_, err = t.db.ExecContext(ctx,
		fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) %s%s", t.table(), t.names(columns),
			strings.Join(marks, ", "), conflict, strings.Join(changes, ", ")),
		r.Version, r.Description, int64(r.Type), r.Applied, r.Total, r.ExecutedAt.UTC(), int64(r.ExecutionTime/time.Nanosecond),
		r.Error, r.ErrorStmt, r.Hash, string(parts), r.OperatorVersion)
	return err
}

func (t *tableRevisions) DeleteRevision(ctx context.Context, version string) error {
	_, err := t.db.ExecContext(ctx, "DELETE FROM "+t.table()+" WHERE version = "+t.mark(1), version)
	return err
}

func (t *tableRevisions) table() string {
	if t.schema == "" {
		return t.quote(revisionsTable)
	}
	return t.quote(t.schema) + "." + t.quote(revisionsTable)
}

func (t *tableRevisions) names(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = t.quote(n)
	}
	return strings.Join(quoted, ", ")
}

func (t *tableRevisions) quote(name string) string {
	mark := "`"
	if t.dialect == "postgres" {
		mark = `"`
	}
	return mark + strings.ReplaceAll(name, mark, mark+mark) + mark
}

func (t *tableRevisions) mark(place int) string {
	if t.dialect == "postgres" {
		return fmt.Sprintf("$%d", place)
	}
	return "?"
}
