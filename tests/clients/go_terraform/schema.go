package main

import (
	"context"
	"fmt"
	"strings"

	"ariga.io/atlas-go-sdk/atlasexec"
)

// schema is a resource or data source "atlas_schema".
type schema struct {
	HCL         string
	URL, DevURL string
	Exclude     []string
	TxMode      string
	Diff        *diff
	Review      string
	EnvName     string
	Config      string
	Vars        atlasexec.Vars2
	Cloud       *cloud
	IsNew       bool // Terraform's state has no such resource yet
}

const source = "file://schema.hcl"

// normalizeSchema is the data source: the HCL of a module as the database would print it.
func normalizeSchema(ctx context.Context, r *request, a *answer) (err error) {
	c := r.Schema.config(r)
	c.URL, c.Source, c.Repo = source, "", ""
	w, err := r.Provider.open(c, a, map[string]string{"schema.hcl": r.Schema.HCL})
	if err != nil {
		return err
	}
	defer w.close()
	a.HCL, err = w.call("SchemaInspect").SchemaInspect(ctx, &atlasexec.SchemaInspectParams{Env: c.EnvName, Vars: c.Vars})
	return err
}

// planSchema refuses a first run that drops, and shows the statements; where changes are reviewed it sees to a plan.
func planSchema(ctx context.Context, r *request, a *answer) error {
	w, err := r.Schema.open(r, a)
	if err != nil {
		return err
	}
	defer w.close()
	if r.Schema.IsNew {
		first, err := w.dryRun(ctx, r.Schema)
		if err != nil {
			return err
		}
		for _, statement := range first.Changes.Pending {
			if strings.Contains(statement, "DROP ") {
				return fmt.Errorf("unrecognized schema resources: %s", statement)
			}
		}
	}
	planned, err := w.dryRun(ctx, r.Schema)
	if err != nil {
		return err
	}
	if planned.Applied != nil {
		a.SQL = append(a.SQL, planned.Applied.Applied...)
	}
	if w.repoURL() == "" || r.Schema.Review == "" || len(a.SQL) == 0 {
		return nil
	}
	a.Plan, err = w.plan(ctx, r.Schema)
	return err
}

// applySchema brings the database to the HCL: create and update are the same.
func applySchema(ctx context.Context, r *request, a *answer) error {
	w, err := r.Schema.open(r, a)
	if err != nil {
		return err
	}
	defer w.close()
	approved := ""
	if w.repoURL() != "" && r.Schema.Review != "" {
		if approved, err = w.approved(ctx); err != nil {
			return err
		}
	}
	_, err = w.call("SchemaApply").SchemaApply(ctx, &atlasexec.SchemaApplyParams{
		Env: w.config.EnvName, Vars: w.config.Vars, TxMode: r.Schema.TxMode,
		AutoApprove: r.Schema.Review == "", PlanURL: approved,
	})
	if err != nil {
		return fmt.Errorf("unable to apply changes: %w", err)
	}
	return nil
}

// readSchema is a refresh: the HCL of the state becomes what the database has.
func readSchema(ctx context.Context, r *request, a *answer) error {
	w, err := r.Schema.open(r, a)
	if err != nil {
		return err
	}
	defer w.close()
	a.HCL, err = w.call("SchemaInspect").SchemaInspect(ctx, &atlasexec.SchemaInspectParams{
		Env: w.config.EnvName, Vars: w.config.Vars,
	})
	return err
}

// planDestroy shows what a destroy would run.
func planDestroy(ctx context.Context, r *request, a *answer) error {
	return r.Schema.clean(ctx, r, a, &atlasexec.SchemaCleanParams{DryRun: true})
}

func destroySchema(ctx context.Context, r *request, a *answer) error {
	return r.Schema.clean(ctx, r, a, &atlasexec.SchemaCleanParams{AutoApprove: true})
}

func (s *schema) clean(ctx context.Context, r *request, a *answer, params *atlasexec.SchemaCleanParams) error {
	w, err := s.open(r, a)
	if err != nil {
		return err
	}
	defer w.close()
	params.Env, params.Vars = w.config.EnvName, w.config.Vars
	cleaned, err := w.call("SchemaClean").SchemaClean(ctx, params)
	if err == nil && cleaned.Applied != nil {
		a.SQL = append(a.SQL, cleaned.Applied.Applied...)
	}
	return err
}

func (w *workspace) dryRun(ctx context.Context, s *schema) (*atlasexec.SchemaApply, error) {
	planned, err := w.call("SchemaApply").SchemaApply(ctx, &atlasexec.SchemaApplyParams{
		Env: w.config.EnvName, Vars: w.config.Vars, TxMode: s.TxMode, DryRun: true,
	})
	if err != nil {
		return nil, fmt.Errorf("unable to generate migration plan: %w", err)
	}
	return planned, nil
}

func (s *schema) open(r *request, a *answer) (*workspace, error) {
	return r.Provider.open(s.config(r), a, map[string]string{"schema.hcl": s.HCL})
}

func (s *schema) config(r *request) *config {
	c := &config{
		Config: s.Config, Vars: s.Vars, Cloud: r.Provider.Cloud, EnvName: either(s.EnvName, "tf"),
		URL: s.URL, DevURL: either(s.DevURL, r.Provider.DevURL), Source: source,
		Exclude: s.Exclude, Diff: s.Diff, Review: s.Review,
	}
	if s.Cloud != nil {
		c.Cloud = s.Cloud
	}
	if c.Cloud != nil {
		c.Repo = c.Cloud.Repo
	}
	return c
}
