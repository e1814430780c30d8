// Command generate writes the Python SDK of a package schema: generate SCHEMA FOLDER.
package main

import (
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// The schema refers to no other package, so none is ever loaded.
type noLoader struct{ schema.ReferenceLoader }

func main() {
	text, err := os.ReadFile(os.Args[1])
	must(err)
	var spec schema.PackageSpec
	must(json.Unmarshal(text, &spec))
	pkg, err := schema.ImportSpec(spec, nil, noLoader{}, schema.ValidationOptions{})
	must(err)
	files, err := python.GeneratePackage("npm run python", pkg, nil, noLoader{})
	must(err)
	for name, text := range files {
		file := filepath.Join(os.Args[2], name)
		must(os.MkdirAll(filepath.Dir(file), 0o755))
		must(os.WriteFile(file, text, 0o644))
	}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
