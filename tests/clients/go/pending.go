package main

import (
	"context"
	"io"

	"ariga.io/atlas/sql/migrate"
)

type (
	revision struct {
		Version     string `json:"version"`
		Description string `json:"description"`
		Type        uint   `json:"type"`
		Applied     int    `json:"applied"`
		Total       int    `json:"total"`
	}

	// question is a directory, a state of its target, and the options of a run.
	question struct {
		Path       string     `json:"path"`
		Revisions  []revision `json:"revisions"`
		Order      string     `json:"order"`
		Baseline   string     `json:"baseline"`
		AllowDirty bool       `json:"allow_dirty"`
		Dirty      string     `json:"dirty"`
	}

	pending struct {
		Files []string `json:"files"`
		Error string   `json:"error"`
	}
)

var orders = map[string]migrate.ExecOrder{
	"linear":      migrate.ExecOrderLinear,
	"linear-skip": migrate.ExecOrderLinearSkip,
	"non-linear":  migrate.ExecOrderNonLinear,
}

// pendingFiles answers a list of questions with the files that each run would execute.
func pendingFiles(in io.Reader) (any, error) {
	questions, err := request[[]question](in)
	if err != nil {
		return nil, err
	}
	all := make([]pending, len(questions))
	for i, q := range questions {
		if files, err := q.answer(); err != nil {
			all[i].Error = err.Error()
		} else {
			all[i].Files = names(files)
		}
	}
	return all, nil
}

func (q question) answer() ([]migrate.File, error) {
	dir, err := migrate.NewLocalDir(q.Path)
	if err != nil {
		return nil, err
	}
	rows := &memoryRevisions{}
	for _, r := range q.Revisions {
		rows.rows = append(rows.rows, &migrate.Revision{
			Version: r.Version, Description: r.Description, Type: migrate.RevisionType(r.Type),
			Applied: r.Applied, Total: r.Total,
		})
	}
	e, err := migrate.NewExecutor(
		&memoryDriver{dirty: q.Dirty}, dir, rows,
		migrate.WithExecOrder(orders[q.Order]),
		migrate.WithBaselineVersion(q.Baseline),
		migrate.WithAllowDirty(q.AllowDirty),
	)
	if err != nil {
		return nil, err
	}
	return e.Pending(context.Background())
}
