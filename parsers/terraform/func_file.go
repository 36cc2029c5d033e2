package terraform

import (
	"encoding/base64"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// maxListed is how many directories and files fileset looks at.
const maxListed = 10_000

// filePath is the path below the scan root that an argument means: relative to the root module, where Terraform runs. A
// path that leads out of the scan root is reported.
func (c *callContext) filePath(v value.Value) (string, bool) {
	text, ok := v.Text()
	if !ok {
		return "", false
	}
	name, inside := source.Join(path.Join(c.rootDir, "x"), text)
	if !inside {
		c.problem("outside-root", diag.Warning, c.at(), "This reads '"+text+"', which is outside of the scan root and is not read.")
	}
	return name, inside
}

// readFile returns the file that an argument names; nil when it is not there: it may be made at run time.
func (c *callContext) readFile(args []value.Value) *source.File {
	if len(args) == 0 {
		return nil
	}
	name, ok := c.filePath(args[0])
	if !ok {
		return nil
	}
	c.read.file(name)
	f, err := c.project.tree.Read(name)
	if err != nil {
		return nil
	}
	c.spent(len(f.Data) / 64)
	c.out.Loaded = append(c.out.Loaded, f)
	if c.opt.Inspect != nil && !isCache(path.Dir(f.Path)) {
		c.opt.Inspect(f)
	}
	return f
}

func fnReadText(c *callContext, args []value.Value) value.Value {
	f := c.readFile(args)
	if f == nil || !utf8.Valid(f.Data) || len(f.Data) > value.MaxText {
		return c.unknown(args)
	}
	text := string(f.Data)
	c.encoded.files[text] = f
	return value.OfString(text)
}

func fnReadBase64(c *callContext, args []value.Value) value.Value {
	f := c.readFile(args)
	if f == nil || len(f.Data) > value.MaxText {
		return c.unknown(args)
	}
	return value.OfString(base64.StdEncoding.EncodeToString(f.Data))
}

// fnFileExists does not say that a file is missing: it may be made at run time.
func fnFileExists(c *callContext, args []value.Value) value.Value {
	if c.readFile(args) != nil {
		return value.OfBool(true)
	}
	return ofTruth(value.Undecided, c.name, args)
}

// fileHash hashes the content of a file.
func fnFileHash(kind string) builtin {
	return func(c *callContext, args []value.Value) value.Value {
		if f := c.readFile(args); f != nil {
			return value.OfString(digest(kind, f.Data))
		}
		return c.unknown(args)
	}
}

// fnFileSet lists the files below a directory that match a pattern.
func fnFileSet(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	dir, ok := c.filePath(args[0])
	pattern, known := args[1].Text()
	if !ok || !known || !doublestar.ValidatePattern(pattern) || strings.Count(pattern, "*") > 16 {
		return c.unknown(args)
	}
	c.read.tree(dir)
	w := walker{callContext: c, base: dir, pattern: pattern}
	w.visit(dir)
	if w.seen > maxListed {
		return c.unknown(args)
	}
	return asSet(w.found, false)
}

type walker struct {
	*callContext
	base, pattern string
	found         []value.Value
	seen          int
}

func (w *walker) visit(dir string) {
	entries, err := w.project.tree.List(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if w.seen++; w.seen > maxListed {
			return
		}
		name := path.Join(dir, e.Name)
		if e.Dir {
			w.visit(name)
			continue
		}
		rel := strings.TrimPrefix(strings.TrimPrefix(name, w.base), "/")
		if w.base == "." {
			rel = name
		}
		if ok, _ := doublestar.Match(w.pattern, rel); ok {
			w.found = append(w.found, value.OfString(rel))
		}
	}
}

// fnTemplateFile renders a file. Unknown variables leave holes in the text.
func fnTemplateFile(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	f := c.readFile(args)
	if f == nil || len(f.Data) > value.MaxText {
		return c.unknown(args)
	}
	return c.render(string(f.Data), f, args[1])
}

// fnTemplateString renders a text.
func fnTemplateString(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	text, ok := args[0].Text()
	if !ok {
		return c.unknown(args)
	}
	return c.render(text, nil, args[1])
}

// render evaluates a template in which only the given variables have names.
func (c *callContext) render(text string, f *source.File, vars value.Value) value.Value {
	if vars.Kind != value.Object && vars.Kind != value.Unknown {
		return c.fail()
	}
	name := ""
	texts := map[string]*source.File{}
	if f != nil {
		name = f.Path
		texts[name] = f
	}
	e, ok := parseTemplate(text, name, hcl.InitialPos)
	if !ok {
		return c.unknown([]value.Value{vars})
	}
	names := map[string]value.Value{}
	for _, v := range vars.Fields() {
		names[v.Name] = inherit(v.Value, vars)
	}
	if vars.Kind == value.Unknown || vars.Open {
		for _, t := range hclsyntax.Variables(e) {
			if _, ok := names[t.RootName()]; !ok {
				names[t.RootName()] = value.NewUnknown("", vars.Deps()...)
			}
		}
	}
	inner := &scope{run: c.run, names: names, texts: texts}
	v := inner.eval(e)
	if f != nil {
		c.encoded.keepRendered(inner, f, e, v)
	}
	v.Span, v.NotNull = source.Span{}, v.NotNull || v.Kind == value.Unknown
	return v
}

// fnAbsPath is a path of the machine that Terraform runs on.
func fnAbsPath(c *callContext, args []value.Value) value.Value { return c.unknown(args) }

func fnBaseName(c *callContext, args []value.Value) value.Value { return c.ofText(args, path.Base) }

func fnDirName(c *callContext, args []value.Value) value.Value { return c.ofText(args, path.Dir) }

// ofText applies f to the only argument, if that is a known string.
func (c *callContext) ofText(args []value.Value, f func(string) string) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	if args[0].Kind == value.Unknown {
		return c.unknown(args)
	}
	text, ok := toText(args[0])
	if !ok {
		return c.fail()
	}
	return markedBy(value.OfString(f(text)), args)
}
