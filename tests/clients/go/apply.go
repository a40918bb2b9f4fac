package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlclient"

	_ "github.com/go-sql-driver/mysql" // mysql:// and mariadb://
	_ "github.com/lib/pq"              // postgres://
	_ "github.com/mattn/go-sqlite3"    // sqlite://
)

type (
	// target is a database and the place of its revisions table; an empty schema means the usual one.
	target struct {
		URL    string `json:"url"`
		Schema string `json:"schema"`
	}

	// applyRequest is one "migrate apply".
	applyRequest struct {
		target
		Path   string `json:"path"`
		TxMode string `json:"tx_mode"` // file, all or none
		Order  string `json:"order"`
		// Amount of files to run; 0 is all of them.
		Amount     int    `json:"amount"`
		Baseline   string `json:"baseline"`
		AllowDirty bool   `json:"allow_dirty"`
		// KillAfter ends this process, as a power cut would, when so many statements have run; the revision of
		// the last one is not written any more. KillBefore ends it before the statement of this number.
		KillAfter  int `json:"kill_after"`
		KillBefore int `json:"kill_before"`
	}

	applied struct {
		Files []string `json:"files"`
		Error string   `json:"error"`
	}

	// storedRevision is a row as the Go tools read it.
	storedRevision struct {
		Version         string   `json:"version"`
		Description     string   `json:"description"`
		Type            uint     `json:"type"`
		Applied         int      `json:"applied"`
		Total           int      `json:"total"`
		ExecutedAt      string   `json:"executed_at"`
		Error           string   `json:"error"`
		ErrorStmt       string   `json:"error_stmt"`
		Hash            string   `json:"hash"`
		PartialHashes   []string `json:"partial_hashes"`
		OperatorVersion string   `json:"operator_version"`
	}

	// killer is a driver that ends the process at a statement.
	killer struct {
		migrate.Driver
		request  *applyRequest
		executed *int
	}
)

const (
	operatorVersion = "Atlas CLI - interchange"
	lockName        = "atlas_migrate_execute"
)

var dialects = map[string]string{"postgres": "postgres", "mysql": "mysql", "mariadb": "mysql", "maria": "mysql", "sqlite": "sqlite", "sqlite3": "sqlite"}

func (t target) open(ctx context.Context) (*sqlclient.Client, *tableRevisions, error) {
	client, err := sqlclient.Open(ctx, t.URL)
	if err != nil {
		return nil, nil, err
	}
	rows := &tableRevisions{db: client.DB, dialect: dialects[client.Name], schema: t.Schema}
	if rows.schema == "" && rows.dialect != "sqlite" {
		if rows.schema = client.URL.Schema; rows.schema == "" {
			rows.schema = revisionsTable
		}
	}
	return client, rows, rows.create(ctx)
}

// readRevisions answers a target with its rows.
func readRevisions(in io.Reader) (any, error) {
	t, err := request[target](in)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	client, rows, err := t.open(ctx)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	read, err := rows.ReadRevisions(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]storedRevision, len(read))
	for i, r := range read {
		all[i] = storedRevision{
			Version: r.Version, Description: r.Description, Type: uint(r.Type), Applied: r.Applied, Total: r.Total,
			ExecutedAt: r.ExecutedAt.UTC().Format(time.RFC3339Nano), Error: r.Error, ErrorStmt: r.ErrorStmt,
			Hash: r.Hash, PartialHashes: r.PartialHashes, OperatorVersion: r.OperatorVersion,
		}
	}
	return all, nil
}

// applyFiles answers an applyRequest with the files that were applied, and the error that stopped it.
func applyFiles(in io.Reader) (any, error) {
	r, err := request[applyRequest](in)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	client, rows, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	answer := applied{Files: []string{}}
	if err := r.apply(ctx, client, rows, &answer); err != nil {
		answer.Error = err.Error()
	}
	return answer, nil
}

func (r *applyRequest) apply(ctx context.Context, client *sqlclient.Client, rows *tableRevisions, answer *applied) (err error) {
	unlock, err := client.Driver.(schema.Locker).Lock(ctx, lockName, 10*time.Second)
	if err != nil {
		return fmt.Errorf("acquiring database lock: %w", err)
	}
	defer func() { err = errors.Join(err, unlock()) }()
	dir, err := migrate.NewLocalDir(r.Path)
	if err != nil {
		return err
	}
	e, err := r.executor(client.Driver, dir, rows, new(int))
	if err != nil {
		return err
	}
	files, err := e.Pending(ctx)
	if err != nil {
		return err
	}
	if r.Amount > 0 {
		files = files[:min(r.Amount, len(files))]
	}
	if r.TxMode == "none" {
		return execute(ctx, e, files, answer)
	}
	// One batch a transaction: each file alone, or all of them.
	batches := [][]migrate.File{files}
	if r.TxMode != "all" {
		batches = batches[:0]
		for _, f := range files {
			batches = append(batches, []migrate.File{f})
		}
	}
	executed := new(int)
	for _, batch := range batches {
		if err := r.inTransaction(ctx, client, rows, dir, executed, batch, answer); err != nil {
			return err
		}
	}
	return nil
}

func (r *applyRequest) inTransaction(
	ctx context.Context, client *sqlclient.Client, rows *tableRevisions, dir migrate.Dir,
	executed *int, batch []migrate.File, answer *applied,
) error {
	tx, err := client.Tx(ctx, nil)
	if err != nil {
		return err
	}
	e, err := r.executor(tx.Driver, dir, &tableRevisions{db: tx.Tx, dialect: rows.dialect, schema: rows.schema}, executed)
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	done := applied{}
	if err := execute(ctx, e, batch, &done); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	answer.Files = append(answer.Files, done.Files...)
	return tx.Commit()
}

func (r *applyRequest) executor(
	drv migrate.Driver, dir migrate.Dir, rows migrate.RevisionReadWriter, executed *int,
) (*migrate.Executor, error) {
	return migrate.NewExecutor(
		&killer{Driver: drv, request: r, executed: executed}, dir, rows,
		migrate.WithExecOrder(orders[r.Order]),
		migrate.WithBaselineVersion(r.Baseline),
		migrate.WithAllowDirty(r.AllowDirty),
		migrate.WithOperatorVersion(operatorVersion),
	)
}

func execute(ctx context.Context, e *migrate.Executor, files []migrate.File, answer *applied) error {
	for _, f := range files {
		if err := e.Execute(ctx, f); err != nil {
			return err
		}
		answer.Files = append(answer.Files, f.Name())
	}
	return nil
}

// ScanStmts is the wrapped driver's; without it every file would be cut by the default scanner.
func (k *killer) ScanStmts(input string) ([]*migrate.Stmt, error) {
	return k.Driver.(migrate.StmtScanner).ScanStmts(input)
}

// ExecContext runs a statement of a file; the revisions table has its own connection to the database.
func (k *killer) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	*k.executed++
	if *k.executed == k.request.KillBefore {
		die()
	}
	result, err := k.Driver.ExecContext(ctx, query, args...)
	if *k.executed == k.request.KillAfter {
		die()
	}
	return result, err
}

func die() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}
