package main

import (
	"github.com/fluxcd/pkg/envsubst"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// substitute writes a manifest as Flux does where its Kustomization has postBuild, with one variable TAG. The manifest
// is in the message.
func substitute(object *unstructured.Unstructured, tag string) (verdict, error) {
	manifest, err := yaml.Marshal(object.Object)
	if err != nil {
		return verdict{}, err
	}
	written, err := envsubst.Eval(string(manifest), func(name string) (string, bool) {
		return tag, name == "TAG"
	})
	return verdict{Message: written}, err
}
