package parsers

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
	"github.com/cosmoslint/cosmoslint/parsers/terraform"
)

// nestedTemplate makes the deployment of an ARM template that Terraform deploys. The template is written out as JSON, in
// which each value that Terraform does not know is a parameter, and what is found in it is then placed where the
// configuration has it.
func (f *finder) nestedTemplate(n terraform.Nested) *model.Deployment {
	r := &rendering{holes: map[string]value.Value{}}
	r.template(n.Content)
	if len(r.text) > source.DefaultMaxFileSize {
		return nil
	}
	r.file = source.NewFile(n.Header.File.Path, r.text)
	t, _ := arm.Parse(r.file, nil)
	if t == nil {
		return nil
	}
	in := template.Input{Overrides: r.holes, Want: f.opt.Want, Outputs: f.opt.Outputs}
	for _, name := range sortedNames(n.Parameters) {
		in.Arguments = append(in.Arguments, template.Argument{Name: name, Value: expr.Literal{Value: n.Parameters[name]}})
	}
	out := template.Expand(t, in)
	for _, res := range out.Resources {
		r.place(res)
	}
	r.placeRest(out, n)
	return out
}

// placeRest moves outputs, parameters and opaque modules. A parameter is given what Terraform passes; those that stand for
// holes are not the user's.
func (r *rendering) placeRest(out *model.Deployment, n terraform.Nested) {
	for i := range out.Opaque {
		o := &out.Opaque[i]
		o.Span, o.Arguments = r.span(o.Span), r.placed(o.Arguments)
	}
	for i := range out.Outputs {
		o := &out.Outputs[i]
		o.Site, o.TypeSite, o.Value = r.span(o.Site), r.span(o.TypeSite), r.placed(o.Value)
	}
	inputs := out.Inputs[:0]
	for _, in := range out.Inputs {
		_, hole := r.holes[in.Name]
		if in.Module == "" && hole {
			continue
		}
		in.Site, in.TypeSite, in.Argument, in.Value = r.span(in.Site), r.span(in.TypeSite), r.span(in.Argument), r.placed(in.Value)
		if v, ok := n.Parameters[strings.ToLower(in.Name)]; ok && in.Module == "" && !model.IsSecure(in.Type) {
			in.Given, in.Argument, in.Value = true, v.Span, v
		}
		inputs = append(inputs, in)
	}
	out.Inputs = inputs
}

func sortedNames(m map[string]value.Value) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// rendering is a value as JSON text, with the places that its parts were written at.
type rendering struct {
	text  []byte
	file  *source.File
	parts []part // ordered by start
	open  []int  // the parts that are being written
	holes map[string]value.Value
}

// part is a piece of the text, the smallest part that it is in (-1 for none), and where it comes from.
type part struct {
	start, end, outer int
	origin            source.Span
}

func (r *rendering) begin(origin source.Span) {
	outer := -1
	if len(r.open) > 0 {
		outer = r.open[len(r.open)-1]
	}
	r.open = append(r.open, len(r.parts))
	r.parts = append(r.parts, part{len(r.text), -1, outer, origin})
}

func (r *rendering) end() {
	r.parts[r.open[len(r.open)-1]].end = len(r.text)
	r.open = r.open[:len(r.open)-1]
}

func (r *rendering) write(s string) { r.text = append(r.text, s...) }

func (r *rendering) quote(s string) {
	b, _ := json.Marshal(s) // cannot fail for a string
	r.text = append(r.text, b...)
}

// template writes a template: its parameters come last, since what is not known becomes one.
func (r *rendering) template(v value.Value) {
	r.begin(v.Span)
	r.write("{")
	for _, f := range v.Fields() {
		if f.Name != "parameters" {
			r.field(f)
			r.write(",")
		}
	}
	r.write(`"parameters":{`)
	for _, f := range v.Get("parameters").Fields() {
		r.field(f)
		r.write(",")
	}
	for i, name := range sortedNames(r.holes) {
		if i > 0 {
			r.write(",")
		}
		r.quote(name)
		r.write(":{}")
	}
	r.trimComma()
	r.write("}}")
	r.end()
}

// trimComma takes back the comma after the last member.
func (r *rendering) trimComma() {
	if n := len(r.text); r.text[n-1] == ',' {
		r.text = r.text[:n-1]
	}
}

func (r *rendering) field(f value.Field) {
	r.begin(f.Site)
	r.quote(f.Name)
	r.write(":")
	r.value(f.Value)
	r.end()
}

// value writes a value; one that is not known, or not whole, as a parameter.
func (r *rendering) value(v value.Value) {
	r.begin(v.Span)
	defer r.end()
	switch {
	case v.Kind == value.Unknown || v.Open:
		name := "terraform" + strconv.Itoa(len(r.holes))
		r.holes[name] = v
		r.quote("[parameters('" + name + "')]")
	case v.Kind == value.Array:
		r.write("[")
		for i, e := range v.Elems() {
			if i > 0 {
				r.write(",")
			}
			r.value(e)
		}
		r.write("]")
	case v.Kind == value.Object:
		r.write("{")
		for i, f := range v.Fields() {
			if i > 0 {
				r.write(",")
			}
			r.field(f)
		}
		r.write("}")
	case v.Kind == value.String:
		text, _ := v.Text()
		r.quote(text)
	default:
		v.Secret = false
		r.text = value.AppendJSON(r.text, nullFor(v))
	}
}

func nullFor(v value.Value) value.Value {
	if v.Kind == value.Absent {
		return value.NullValue
	}
	return v
}

// span is where a piece of the text comes from: the smallest part around it that has a place.
func (r *rendering) span(s source.Span) source.Span {
	if s.File != r.file || s.File == nil {
		return s
	}
	i, _ := slices.BinarySearchFunc(r.parts, s.Start, func(p part, at int) int {
		if p.start <= at {
			return -1
		}
		return 1
	})
	for i--; i >= 0; i = r.parts[i].outer {
		if p := r.parts[i]; p.end >= s.End && !p.origin.IsZero() {
			return p.origin
		}
	}
	return source.Span{}
}

// place moves all places of a resource from the text to the configuration.
func (r *rendering) place(res *model.Resource) {
	res.Header, res.VersionSite = r.span(res.Header), r.span(res.VersionSite)
	for _, v := range []*value.Value{&res.Name, &res.Scope, &res.ID, &res.Body, &res.Condition} {
		*v = r.placed(*v)
	}
}

func (r *rendering) placed(v value.Value) value.Value {
	w := v
	switch v.Kind {
	case value.Array:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = r.placed(e)
		}
		w = value.OfArray(elems...)
	case value.Object:
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			fields[i] = value.Field{Name: f.Name, Value: r.placed(f.Value), Site: r.span(f.Site)}
		}
		w = value.OfObject(fields...)
	}
	if v.Open {
		w = w.AsOpen().WithDeps(v.Deps()...)
	}
	w.Secret, w.Span, w.From = v.Secret, r.span(v.Span), r.way(v.From)
	return w
}

// way is the way of a value with its places moved.
func (r *rendering) way(o *value.Origin) *value.Origin {
	if o == nil {
		return nil
	}
	p := *o
	p.Span, p.Call, p.Prev = r.span(o.Span), r.span(o.Call), r.way(o.Prev)
	return &p
}
