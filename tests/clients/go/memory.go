package main

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/schema"
)

type (
	// memoryDriver scans like a real driver and executes nothing.
	memoryDriver struct {
		migrate.Driver
		scan  scanner
		dirty string
	}

	// memoryRevisions is a revisions table in memory that remembers the longest list of hashes it saw.
	memoryRevisions struct {
		rows   []*migrate.Revision
		hashes []string
	}
)

func (d *memoryDriver) ScanStmts(input string) ([]*migrate.Stmt, error) {
	return d.scan(input)
}

func (d *memoryDriver) CheckClean(context.Context, *migrate.TableIdent) error {
	if d.dirty == "" {
		return nil
	}
	return &migrate.NotCleanError{State: &schema.Realm{}, Reason: d.dirty}
}

func (*memoryDriver) ExecContext(context.Context, string, ...any) (sql.Result, error) {
	return nil, nil
}

func (*memoryRevisions) Ident() *migrate.TableIdent {
	return &migrate.TableIdent{Name: "atlas_schema_revisions"}
}

func (m *memoryRevisions) ReadRevisions(context.Context) ([]*migrate.Revision, error) {
	slices.SortFunc(m.rows, func(a, b *migrate.Revision) int { return strings.Compare(a.Version, b.Version) })
	return m.rows, nil
}

func (m *memoryRevisions) ReadRevision(_ context.Context, version string) (*migrate.Revision, error) {
	for _, r := range m.rows {
		if r.Version == version {
			return r, nil
		}
	}
	return nil, migrate.ErrRevisionNotExist
}

func (m *memoryRevisions) WriteRevision(_ context.Context, r *migrate.Revision) error {
	if len(r.PartialHashes) > len(m.hashes) {
		m.hashes = slices.Clone(r.PartialHashes)
	}
	m.rows = slices.DeleteFunc(m.rows, func(old *migrate.Revision) bool { return old.Version == r.Version })
	m.rows = append(m.rows, r)
	return nil
}

func (m *memoryRevisions) DeleteRevision(_ context.Context, version string) error {
	m.rows = slices.DeleteFunc(m.rows, func(r *migrate.Revision) bool { return r.Version == version })
	return nil
}

// partialHashes executes the file into memory and returns what the revisions table held before its end.
func partialHashes(dir migrate.Dir, f migrate.File, dialect string) []string {
	rows := &memoryRevisions{}
	e, err := migrate.NewExecutor(&memoryDriver{scan: scanners[dialect]}, dir, rows)
	if err != nil {
		return nil
	}
	defer func() { _ = recover() }() // a panic of the scanner is reported where it scans
	_ = e.Execute(context.Background(), f)
	return rows.hashes
}
