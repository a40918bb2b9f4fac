package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"ariga.io/atlas-go-sdk/atlasexec"
)

type (
	// provider is the provider block, and the process that Terraform gives it.
	provider struct {
		Binary      string            // "atlas" is searched on PATH
		Environment map[string]string // of Terraform
		DevURL      string
		Cloud       *cloud
	}
	// cloud is the block of that name.
	cloud struct {
		Token, URL, Project, Repo string
	}
	// workspace is the folder of one step, and a client in it.
	workspace struct {
		*atlasexec.WorkingDir
		client *atlasexec.Client
		config *config
		answer *answer
	}
)

const integration = "terraform-provider-atlas/vtest"

// configure asks the binary for its version, without which the provider does not start.
func configure(ctx context.Context, r *request, a *answer) error {
	client, err := r.Provider.clientIn("")
	if err != nil {
		return err
	}
	a.Calls = append(a.Calls, "Version")
	version, err := client.Version(ctx)
	if err != nil {
		return fmt.Errorf("failed to check atlas version: %w", err)
	}
	a.Version = version.Version
	return nil
}

func (p *provider) clientIn(dir string) (*atlasexec.Client, error) {
	client, err := atlasexec.NewClient(dir, p.Binary)
	if err != nil {
		return nil, err
	}
	environment := map[string]string{"ATLAS_INTEGRATION": integration}
	for name, value := range p.Environment {
		environment[name] = value
	}
	if p.Cloud != nil && p.Cloud.Token != "" {
		environment["ATLAS_TOKEN"] = p.Cloud.Token
	}
	return client, client.SetEnv(environment)
}

// open writes atlas.hcl, and the other files of a resource, into a new folder.
func (p *provider) open(c *config, a *answer, files map[string]string) (*workspace, error) {
	dir, err := atlasexec.NewWorkingDir(atlasexec.WithAtlasHCL(c.render))
	if err != nil {
		return nil, err
	}
	for name, text := range files {
		if _, err := dir.WriteFile(name, []byte(text)); err != nil {
			return nil, errors.Join(err, dir.Close())
		}
	}
	client, err := p.clientIn(dir.Path())
	if err != nil {
		return nil, errors.Join(err, dir.Close())
	}
	return &workspace{WorkingDir: dir, client: client, config: c, answer: a}, nil
}

// call is the client, and a line in the answer.
func (w *workspace) call(method string) *atlasexec.Client {
	w.answer.Calls = append(w.answer.Calls, method)
	return w.client
}

func (w *workspace) close() {
	if err := w.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func either(first, second string) string {
	if first != "" {
		return first
	}
	return second
}
