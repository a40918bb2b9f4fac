package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ariga.io/atlas-go-sdk/atlasexec"
)

const current = "env://url"

// repoURL is the repository where plans are reviewed; empty means that nothing is.
func (w *workspace) repoURL() string {
	if w.config.Repo == "" {
		return ""
	}
	return "atlas://" + w.config.Repo
}

// desired is the URL of what the module wants, in words of the project file.
func (w *workspace) desired() string {
	if w.config.Repo != "" {
		return "env://schema.src"
	}
	return "env://src"
}

func (w *workspace) plans(ctx context.Context) ([]atlasexec.SchemaPlanFile, error) {
	found, err := w.call("SchemaPlanList").SchemaPlanList(ctx, &atlasexec.SchemaPlanListParams{
		Env: w.config.EnvName, Vars: w.config.Vars, Repo: w.repoURL(),
		From: []string{current}, To: []string{w.desired()},
	})
	if err != nil {
		return nil, fmt.Errorf("failed to list schema plans: %w", err)
	}
	return found, nil
}

// plan is the plan of the registry for this change; one is made where the policy asks for a review.
func (w *workspace) plan(ctx context.Context, s *schema) (*atlasexec.SchemaPlanFile, error) {
	found, err := w.plans(ctx)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 1:
		return &found[0], nil
	case len(found) > 1:
		return nil, errors.New("found multiple plans for the same schema changes")
	}
	if s.Review != "ALWAYS" {
		tried, err := w.call("SchemaPlan").SchemaPlan(ctx, &atlasexec.SchemaPlanParams{
			Env: w.config.EnvName, Vars: w.config.Vars, Repo: w.repoURL(),
			From: []string{current}, To: []string{w.desired()}, DryRun: true,
		})
		switch {
		case err != nil:
			return nil, fmt.Errorf("failed to plan schema changes: %w", err)
		case tried.Lint == nil:
			return nil, nil
		case s.Review == "WARNING" && tried.Lint.DiagnosticsCount() == 0:
			return nil, nil
		case s.Review == "ERROR" && len(tried.Lint.Errors()) == 0:
			return nil, nil
		}
	}
	return w.newPlan(ctx)
}

// newPlan pushes the desired state, so that others can see it, and a pending plan that leads there.
func (w *workspace) newPlan(ctx context.Context) (*atlasexec.SchemaPlanFile, error) {
	hash, err := w.call("SchemaInspect").SchemaInspect(ctx, &atlasexec.SchemaInspectParams{
		Env: w.config.EnvName, Vars: w.config.Vars, URL: w.desired(), Format: "{{ .Hash | base64url }}",
	})
	if err != nil {
		return nil, fmt.Errorf("unable to inspect schema: %w", err)
	}
	pushed, err := w.call("SchemaPush").SchemaPush(ctx, &atlasexec.SchemaPushParams{
		Env: w.config.EnvName, Vars: w.config.Vars, Name: w.config.Repo, URL: []string{w.desired()},
		Tag: fmt.Sprintf("terraform-plan-%.8s", strings.ToLower(hash)),
	})
	if err != nil {
		return nil, fmt.Errorf("unable to push schema: %w", err)
	}
	made, err := w.call("SchemaPlan").SchemaPlan(ctx, &atlasexec.SchemaPlanParams{
		Env: w.config.EnvName, Vars: w.config.Vars, Repo: w.repoURL(),
		From: []string{current}, To: []string{pushed.URL}, Pending: true,
	})
	if err != nil {
		return nil, fmt.Errorf("unable to create plan: %w", err)
	}
	return made.File, nil
}

// approved is the URL of the plan to apply; empty where the policy needs none. A pending plan is an error.
func (w *workspace) approved(ctx context.Context) (string, error) {
	found, err := w.plans(ctx)
	if err != nil || len(found) != 1 {
		return "", err
	}
	if found[0].Status == "PENDING" {
		return "", fmt.Errorf("the schema plan is awaiting approval: %s", found[0].Link)
	}
	return found[0].URL, nil
}
