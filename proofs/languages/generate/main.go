// Command generate writes the SDK of a package schema: generate python|go SCHEMA FOLDER.
package main

import (
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	gosdk "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// The schema refers to no other package, so none is ever loaded.
type noLoader struct{ schema.ReferenceLoader }

func main() {
	text, err := os.ReadFile(os.Args[2])
	must(err)
	var spec schema.PackageSpec
	must(json.Unmarshal(text, &spec))
	pkg, err := schema.ImportSpec(spec, nil, noLoader{}, schema.ValidationOptions{})
	must(err)
	files, err := generate(os.Args[1], pkg)
	must(err)
	for name, text := range files {
		file := filepath.Join(os.Args[3], name)
		must(os.MkdirAll(filepath.Dir(file), 0o755))
		must(os.WriteFile(file, text, 0o644))
	}
}

func generate(language string, pkg *schema.Package) (map[string][]byte, error) {
	if language == "go" {
		return gosdk.GeneratePackage("npm run proof -- languages", pkg, nil)
	}
	return python.GeneratePackage("npm run proof -- languages", pkg, nil, noLoader{})
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
