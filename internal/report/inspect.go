package report

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// InspectJSON writes what was evaluated, in the form that docs/inspect.schema.json describes. What is not known is
// written as value.AppendJSON writes it.
func InspectJSON(w io.Writer, deployments []*model.Deployment, o Options) error {
	doc := jsonInspection{EntryPoints: make([]jsonDeployment, len(deployments))}
	for i, d := range deployments {
		doc.EntryPoints[i] = o.deployment(d)
	}
	return writeJSON(w, doc)
}

type jsonInspection struct {
	EntryPoints []jsonDeployment `json:"entryPoints"`
}

type jsonDeployment struct {
	Path string `json:"path"`
	// ParametersFile is the one parameter file, or the last of several, whose values win; null for none.
	ParametersFile  *string         `json:"parametersFile"`
	ParametersFiles []string        `json:"parametersFiles,omitempty"`
	Resources       []jsonInspected `json:"resources"`
}

type jsonInspected struct {
	Type       string          `json:"type"`
	APIVersion string          `json:"apiVersion"`
	Name       json.RawMessage `json:"name"`
	Scope      json.RawMessage `json:"scope"`
	Exists     string          `json:"exists"`
	Existing   bool            `json:"existing"`
	Body       json.RawMessage `json:"body"`
	File       string          `json:"file"`
	StartLine  int             `json:"startLine"`
	Path       string          `json:"path"`
}

func (o *Options) deployment(d *model.Deployment) jsonDeployment {
	out := jsonDeployment{Resources: make([]jsonInspected, len(d.Resources))}
	if d.EntryPoint != nil {
		out.Path = o.path(d.EntryPoint.Path)
	}
	if files := o.files(d.Parameters); len(files) > 0 {
		out.ParametersFile = &files[len(files)-1]
		if len(files) > 1 {
			out.ParametersFiles = files
		}
	}
	for i, r := range d.Resources {
		out.Resources[i] = jsonInspected{
			Type:       r.Type,
			APIVersion: r.APIVersion,
			Name:       value.AppendJSON(nil, r.Name),
			Scope:      scopeJSON(r.Scope),
			Exists:     r.Exists.String(),
			Existing:   r.Existing,
			Body:       value.AppendJSON(nil, withoutPasswords(r.Body)),
			File:       o.file(r.Header),
			StartLine:  r.Header.Begin().Line,
			Path:       r.Path,
		}
	}
	return out
}

// withoutPasswords makes secrets of the members that are called a password.
func withoutPasswords(v value.Value) value.Value {
	switch v.Kind {
	case value.Unknown:
		if len(v.Cases()) == 0 {
			return v
		}
		cases := slices.Clone(v.Cases())
		for i, c := range cases {
			cases[i] = withoutPasswords(c)
		}
		return value.OneOf(v.Sym(), cases...)
	case value.Array:
		elems := slices.Clone(v.Elems())
		for i, e := range elems {
			elems[i] = withoutPasswords(e)
		}
		return reopened(value.OfArray(elems...), v)
	case value.Object:
		fields := slices.Clone(v.Fields())
		for i, f := range fields {
			if strings.HasSuffix(strings.ToLower(f.Name), "password") && !f.Value.IsUnset() {
				fields[i].Value = withoutText(f.Value)
			} else {
				fields[i].Value = withoutPasswords(f.Value)
			}
		}
		return reopened(value.OfObject(fields...), v)
	}
	return v
}

// withoutText makes a secret of a value. Only an expression without text of its own may be seen.
func withoutText(v value.Value) value.Value {
	if v.Kind == value.Unknown && len(v.Cases()) == 0 && v.Parts() == nil {
		return v.AsSecret()
	}
	return value.NewUnknown("", v.Deps()...).AsSecret()
}

func reopened(v, as value.Value) value.Value {
	if as.Open {
		return v.AsOpen()
	}
	return v
}

func (o *Options) files(files []*source.File) []string {
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = o.path(f.Path)
	}
	return out
}

// scopeJSON is null for the deployment's own scope.
func scopeJSON(v value.Value) json.RawMessage {
	if v.IsUnset() {
		return json.RawMessage("null")
	}
	return value.AppendJSON(nil, v)
}
