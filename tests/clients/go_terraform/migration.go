package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"time"

	"ariga.io/atlas-go-sdk/atlasexec"
	"ariga.io/atlas/sql/migrate"
)

type (
	// migration is a resource or data source "atlas_migration": what the module says, and the status of the state.
	migration struct {
		URL, DevURL     string
		Dir             string // "migrations" or "file://migrations"
		RemoteDir       *remoteDir
		Version         string
		Baseline        string
		ExecOrder       string
		RevisionsSchema string
		EnvName         string
		Config          string
		Vars            atlasexec.Vars2
		Cloud           *cloud
		MigrateDown     bool // protected_flows allow it
		Older           bool // the provider, which has the directory read by a data source
		Status          *status
	}
	remoteDir struct {
		Name, Tag string
	}
	// status is the attribute of that name; null is nil.
	status struct {
		Status                string
		Current, Next, Latest *string
	}
)

const (
	never    = "No migration applied yet"
	atLatest = "Already at latest version"
)

// readMigrationData is the data source: the status, by the directory as a whole.
func readMigrationData(ctx context.Context, r *request, a *answer) error {
	w, err := r.Migration.open(r, a)
	if err != nil {
		return err
	}
	defer w.close()
	return r.Migration.readStatus(ctx, w, "")
}

// planMigration finds the version to go to, and warns of what lint finds in the files that lead there.
func planMigration(ctx context.Context, r *request, a *answer) error {
	w, err := r.Migration.open(r, a)
	if err != nil {
		return err
	}
	defer w.close()
	report, dirURL, err := r.Migration.report(ctx, w, r.Migration.Version)
	if err != nil {
		return err
	}
	a.Version = either(r.Migration.Version, report.LatestVersion())
	amount, synced := report.Amount(a.Version)
	if synced || amount == 0 || w.config.DevURL == "" {
		return nil
	}
	lint, err := w.call("MigrateLint").MigrateLint(ctx, &atlasexec.MigrateLintParams{
		Env: w.config.EnvName, Vars: w.config.Vars, DirURL: dirURL, Latest: amount,
	})
	if err != nil {
		return fmt.Errorf("failed to lint migration: %w", err)
	}
	for _, file := range lint.Files {
		a.SQL = append(a.SQL, file.Text)
		for _, found := range file.Reports {
			for _, diagnostic := range found.Diagnostics {
				a.Warnings = append(a.Warnings, fmt.Sprintf("%s: %s: %s", file.Name, diagnostic.Code, diagnostic.Text))
			}
		}
		if len(file.Reports) == 0 && file.Error != "" {
			a.Warnings = append(a.Warnings, file.Name+": "+file.Error)
		}
	}
	return nil
}

// applyMigration goes to the version, up or down, and reads the status again: create and update are the same.
func applyMigration(ctx context.Context, r *request, a *answer) error {
	w, err := r.Migration.open(r, a)
	if err != nil {
		return err
	}
	defer w.close()
	report, dirURL, err := r.Migration.report(ctx, w, r.Migration.Version)
	if err != nil {
		return err
	}
	amount, synced := report.Amount(r.Migration.Version)
	switch {
	case len(report.Pending) == 0 && len(report.Available) < len(report.Applied):
		err = r.Migration.goDown(ctx, w)
	case synced:
	case amount == 0:
		err = errors.New("the version is not found in the pending migrations")
	default:
		_, err = w.call("MigrateApply").MigrateApply(ctx, &atlasexec.MigrateApplyParams{
			Env: w.config.EnvName, Vars: w.config.Vars, DirURL: dirURL, Amount: amount, Context: trigger,
		})
	}
	if err != nil {
		return err
	}
	return r.Migration.readStatus(ctx, w, r.Migration.Version)
}

// readMigration is a refresh. A resource whose database was emptied is gone.
func readMigration(ctx context.Context, r *request, a *answer) error {
	w, err := r.Migration.open(r, a)
	if err != nil {
		return err
	}
	defer w.close()
	if err := r.Migration.readStatus(ctx, w, r.Migration.Version); err != nil {
		return err
	}
	before := r.Migration.Status
	a.Removed = before != nil && before.Current != nil && a.Status.Current == nil
	return nil
}

var trigger = &atlasexec.DeployRunContext{TriggerType: atlasexec.TriggerTypeTerraform, TriggerVersion: "test"}

// goDown runs the plan back, or waits until somebody has approved or aborted it.
func (m *migration) goDown(ctx context.Context, w *workspace) error {
	if !m.MigrateDown {
		return errors.New("migrate down is not allowed: set protected_flows.migrate_down.allow to true")
	}
	for {
		run, err := w.call("MigrateDown").MigrateDown(ctx, &atlasexec.MigrateDownParams{
			Env: w.config.EnvName, Vars: w.config.Vars, DirURL: latestOf(w.config.Migration.DirURL),
			ToVersion: m.Version, Context: trigger,
		})
		if err != nil {
			return fmt.Errorf("failed to down migration: %w", err)
		}
		switch run.Status {
		case "PENDING_USER":
			time.Sleep(time.Second)
		case "ABORTED":
			return fmt.Errorf("migration plan was aborted: %s", run.URL)
		case "APPLIED", "APPROVED":
			return nil
		default:
			return fmt.Errorf("unexpected status of migrate down: %q %s", run.Status, run.Error)
		}
	}
}

func (m *migration) readStatus(ctx context.Context, w *workspace, version string) error {
	report, _, err := m.report(ctx, w, version)
	if err != nil {
		return err
	}
	found := &status{Status: report.Status}
	if report.Status != "PENDING" || report.Current != never {
		found.Current = &report.Current
	}
	if report.Status != "OK" || report.Next != atLatest {
		found.Next = &report.Next
	}
	if latest := report.LatestVersion(); latest != "" {
		found.Latest = &latest
	}
	w.answer.Status = found
	return nil
}

// report is the status by the directory up to a version, and the URL of that directory.
func (m *migration) report(ctx context.Context, w *workspace, version string) (*atlasexec.MigrateStatus, string, error) {
	dirURL, err := w.upTo(version)
	if err != nil {
		return nil, "", err
	}
	report, err := w.call("MigrateStatus").MigrateStatus(ctx, &atlasexec.MigrateStatusParams{
		Env: w.config.EnvName, Vars: w.config.Vars, DirURL: dirURL,
	})
	if err != nil {
		return nil, "", fmt.Errorf("failed to read migration status: %w", err)
	}
	return report, dirURL, nil
}

func (m *migration) open(r *request, a *answer) (*workspace, error) {
	c := &config{
		Config: m.Config, Vars: m.Vars, Cloud: r.Provider.Cloud, EnvName: either(m.EnvName, "tf"),
		URL: m.URL, DevURL: either(m.DevURL, r.Provider.DevURL),
		Migration: &migrationBlock{
			Baseline: m.Baseline, ExecOrder: m.ExecOrder, RevisionsSchema: m.RevisionsSchema,
		},
	}
	if m.Cloud != nil {
		c.Cloud = m.Cloud
	}
	if m.Older {
		c.Data = m.RemoteDir
		return r.Provider.open(c, a, nil)
	}
	if remote := m.RemoteDir; remote != nil {
		u := url.URL{Scheme: "atlas", Path: remote.Name}
		if remote.Tag != "" {
			u.RawQuery = url.Values{"tag": {remote.Tag}}.Encode()
		}
		c.Migration.DirURL = u.String()
		return r.Provider.open(c, a, nil)
	}
	local, err := url.Parse(m.Dir)
	if err != nil {
		return nil, err
	}
	if local.Scheme == "atlas" {
		c.Migration.DirURL = m.Dir
		return r.Provider.open(c, a, nil)
	}
	path, err := filepath.Abs(filepath.Join(local.Host, local.Path))
	if err != nil {
		return nil, err
	}
	c.Migration.DirURL = (&url.URL{Scheme: "file", Path: path, RawQuery: local.RawQuery}).String()
	return r.Provider.open(c, a, nil)
}

// upTo is the directory of the config; of a local one a copy of what is not beyond the version, if there is one.
func (w *workspace) upTo(version string) (string, error) {
	u, err := url.Parse(w.config.Migration.DirURL)
	if err != nil || u.Path == "" || u.Scheme == "atlas" || version == "" {
		return w.config.Migration.DirURL, err
	}
	dir, err := migrate.NewLocalDir(u.Path)
	if err != nil {
		return "", err
	}
	files, err := dir.Files()
	if err != nil {
		return "", err
	}
	part := &migrate.MemDir{}
	for _, f := range files {
		if err := part.WriteFile(f.Name(), f.Bytes()); err != nil {
			return "", err
		}
		if f.Version() == version {
			break
		}
	}
	sum, err := part.Checksum()
	if err != nil {
		return "", err
	}
	if err := migrate.WriteSumFile(part, sum); err != nil {
		return "", err
	}
	name := "migrations-" + version
	if err := w.CopyFS(name, part); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	return (&url.URL{Scheme: "file", Path: w.Path(name)}).String(), nil
}

// latestOf is the URL of the directory with all versions: without the tag.
func latestOf(dirURL string) string {
	u, err := url.Parse(dirURL)
	if err != nil || u.Scheme != "atlas" {
		return dirURL
	}
	values := u.Query()
	values.Del("tag")
	u.RawQuery = values.Encode()
	return u.String()
}
