package parsers

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
	"github.com/cosmoslint/cosmoslint/parsers/bicep"
)

// Limits of what a Bicep file may load, as the compiler has them.
const (
	maxText   = 131_072 // characters
	maxLoaded = 1 << 20 // bytes of JSON or YAML
)

// Module finds the template that a Bicep file refers to: a file, or a registry module in the restore cache. What is in
// neither is taken from the template that the caller was compiled to.
func (d *deployment) Module(from *source.File, ref string, compiled bicep.Compiled) *template.Template {
	var t *template.Template
	if isRegistry(ref) {
		t = d.registryModule(from, ref)
	} else if path, ok := source.Join(from.Path, ref); ok && !from.External {
		t = d.load(path, compiled)
	}
	if t == nil && compiled != nil {
		t = compiled()
	}
	return t
}

// compiled finds the template that the root file was compiled to: one beside it that says that it was, with the same
// parameters. Nothing is reported in it.
func (d *deployment) compiled() *template.Template {
	if d.sought || !isBicep(d.file.Path) {
		return d.twin
	}
	d.sought = true
	tree, _ := bicep.Parse(d.file)
	parameters := folded(bicep.ParameterNames(tree))
	for _, name := range d.beside() {
		file, err := d.tree.Read(name)
		if err != nil || !bytes.Contains(file.Data, []byte(`"_generator"`)) || arm.Recognise(file) != arm.Template ||
			!slices.Equal(folded(arm.DeclaredParameters(file)), parameters) {
			continue
		}
		external := source.NewFile(name, file.Data)
		external.External = true
		d.twin, _ = arm.Parse(external, nil)
		break
	}
	return d.twin
}

// beside are the JSON files in the folder of the root file, the one of its own name first.
func (d *deployment) beside() []string {
	dir := path.Dir(d.file.Path)
	names := []string{path.Join(dir, stemOf(d.file.Path)+".json")}
	entries, _ := d.tree.List(dir)
	for _, e := range entries {
		if full := path.Join(dir, e.Name); !e.Dir && hasSuffixFold(e.Name, ".json") && full != names[0] {
			names = append(names, full)
		}
	}
	return names
}

// Bicep finds the syntax tree of a file that is imported from, or extended.
func (d *deployment) Bicep(from *source.File, ref string) *bicep.File {
	path, ok := source.Join(from.Path, ref)
	if !ok || isRegistry(ref) || !isBicep(path) || from.External {
		return nil
	}
	if t, seen := d.trees[path]; seen {
		return t
	}
	d.trees[path] = nil
	file, err := d.tree.Read(path)
	if err != nil {
		return nil
	}
	d.inspect(file)
	t, problems := bicep.Parse(file)
	d.problems = append(d.problems, problems...)
	d.trees[path] = t
	return t
}

// Load gives the content of a file as one of Bicep's load functions returns it.
func (d *deployment) Load(at source.Span, function, ref string, args []value.Value) (value.Value, bool) {
	path, ok := source.Join(at.File.Path, ref)
	if !ok || at.File.External {
		d.problems = append(d.problems, diag.Problem("outside-root", diag.Warning, at,
			"'"+ref+"' is outside of the scan root and is not read; --root widens it."))
		return value.Value{}, false
	}
	d.loaded[path] = true
	if strings.EqualFold(function, "loadDirectoryFileInfo") {
		return d.directory(at, path, ref, args)
	}
	file, err := d.tree.Read(path)
	if err != nil {
		return d.notLoaded(at, ref, err)
	}
	d.inspect(file)
	d.contents = append(d.contents, file)
	switch strings.ToLower(function) {
	case "loadtextcontent":
		text := strings.TrimPrefix(string(file.Data), "\ufeff")
		return value.OfString(text), utf8.ValidString(text) && utf8.RuneCountInString(text) <= maxText
	case "loadfileasbase64":
		return value.OfString(base64.StdEncoding.EncodeToString(file.Data)), len(file.Data) <= maxText
	case "loadjsoncontent":
		v, ok := arm.ParseValue(file)
		return selectPath(v, args), ok && len(file.Data) <= maxLoaded
	case "loadyamlcontent":
		v, ok := yamlValue(file.Data)
		return selectPath(v, args), ok && len(file.Data) <= maxLoaded
	}
	return value.Value{}, false
}

func (d *deployment) notLoaded(at source.Span, ref string, err error) (value.Value, bool) {
	d.problems = append(d.problems, diag.Problem("unreadable", diag.Warning, at,
		"'"+ref+"' cannot be loaded, so this value is not known. "+cause(err)))
	return value.Value{}, false
}

// directory lists the files of a directory as loadDirectoryFileInfo does: those whose names match the pattern, by path.
func (d *deployment) directory(at source.Span, dir, ref string, args []value.Value) (value.Value, bool) {
	pattern := "*"
	if len(args) > 0 {
		text, ok := args[0].Text()
		if !ok {
			return value.Value{}, false
		}
		if text != "" && text != "*.*" { // which stands for all files, as on Windows
			pattern = text
		}
	}
	entries, err := d.tree.List(dir)
	if err != nil {
		return d.notLoaded(at, ref, err)
	}
	base, _ := filepath.Rel(path.Dir(at.File.Path), dir)
	var names []string
	for _, e := range entries {
		if !e.Dir && matches(pattern, e.Name) {
			d.loaded[path.Join(dir, e.Name)] = true
			names = append(names, path.Join(filepath.ToSlash(base), e.Name))
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(strings.ToUpper(a), strings.ToUpper(b)) })
	infos := make([]value.Value, len(names))
	for i, name := range names {
		infos[i] = value.OfObject(
			value.Field{Name: "relativePath", Value: value.OfString(name)},
			value.Field{Name: "baseName", Value: value.OfString(path.Base(name))}, // with its extension, unlike the word
			value.Field{Name: "extension", Value: value.OfString(path.Ext(name))},
		)
	}
	return value.OfArray(infos...), true
}

// matches compares a file's name with a pattern of * and ?, in which nothing else is special.
func matches(pattern, name string) bool {
	ok, err := path.Match(strings.NewReplacer(`\`, `\\`, "[", `\[`).Replace(pattern), name)
	return err == nil && ok
}

// Experimental looks into the nearest bicepconfig.json.
func (d *deployment) Experimental(from *source.File, feature string) bool {
	if from.External {
		return false
	}
	config, _ := d.bicepConfig(path.Dir(from.Path))
	return config.GetPath("experimentalFeaturesEnabled").Get(feature).Is(true)
}

// selectPath follows a JSON path of names and indexes ("$.a.b[0]"); any other path gives an unknown.
func selectPath(v value.Value, args []value.Value) value.Value {
	if len(args) == 0 {
		return v
	}
	path, ok := args[0].Text()
	if !ok || strings.ContainsAny(path, "*?@,:()") || strings.Contains(path, "..") {
		return value.Value{}
	}
	path = strings.NewReplacer("[", ".", "]", "", "'", "", `"`, "").Replace(strings.TrimPrefix(path, "$"))
	for _, name := range strings.Split(strings.Trim(path, "."), ".") {
		if i, ok := index(name); ok && v.Kind == value.Array {
			v = v.Index(i)
		} else if name != "" {
			v = v.Get(name)
		}
	}
	return v
}

func index(s string) (int, bool) {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 1<<20 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, s != ""
}
