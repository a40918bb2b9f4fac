package main

import (
	helm "github.com/fluxcd/helm-controller/api/v2"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
)

// helmRelease reads an object into the type of Flux's helm-controller, which has to know each of its fields.
func helmRelease(object *unstructured.Unstructured, _ string) (verdict, error) {
	var release helm.HelmRelease
	err := runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(object.Object, &release, true)
	return verdict{Status: release.Kind}, err
}
