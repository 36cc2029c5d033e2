package ruletest

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// testCase is one case of a rule's archive.
type testCase struct {
	kind, name string // kind is bad, good or undetermined
	// template is a whole ARM template; else resources are what is deployed.
	template  []byte
	resources []Object
	wants     []want
	// fixed is what is wanted after the fixes, in the same two forms.
	fixedTemplate []byte
	fixed         []Object
	skips         map[string]string // reason by way, way(path) or language
	// others are the wants of languages, or families of them, in which something else is right.
	others map[string][]want
	// unfixed are the languages, or families of them, in which nothing can be fixed.
	unfixed map[string]bool
	// variants are the case as it is in those languages.
	variants map[string]*testCase
	// differs says that wants are those of a language alone.
	differs bool
}

func (c *testCase) String() string { return c.kind + "/" + c.name }

// want is a line of a .want file, or what was found in the form of one.
type want struct {
	level    string // a severity, or "undetermined"
	resource string
	path     string // "" for "-"
	dormant  bool
}

func (w want) String() string {
	s := w.level + " " + w.resource + " " + w.path
	if w.path == "" {
		s += "-"
	}
	if w.dormant {
		s += " dormant"
	}
	return s
}

// undetermined reports whether w is about a check that could not be decided.
func (w want) undetermined() bool { return w.level == "undetermined" }

// kinds of cases, and of the files of a case.
var (
	kinds    = []string{"bad", "good", "undetermined"}
	fileForm = regexp.MustCompile(`^(\w+)/([\w-]+)\.(json|arm\.json|want|fixed\.json|ways|([\w-]+)\.want)$`)
)

// readCases reads a rule's archive, in the order of its files.
func readCases(archive []byte) ([]*testCase, error) {
	a := txtar.Parse(archive)
	if strings.TrimSpace(string(a.Comment)) == "" {
		return nil, errors.New("the archive does not begin with a comment that says what the rule decides")
	}
	var cases []*testCase
	seen := map[string]bool{}
	for _, f := range a.Files {
		if seen[f.Name] {
			return nil, fmt.Errorf("%s: is there twice", f.Name)
		}
		seen[f.Name] = true
		m := fileForm.FindStringSubmatch(f.Name)
		if m == nil || !slices.Contains(kinds, m[1]) {
			return nil, fmt.Errorf("%s: not a file of a case", f.Name)
		}
		var c *testCase
		c, cases = caseOf(cases, m[1], m[2])
		if m[4] != "" {
			m[3] = m[4]
		}
		if err := c.read(m[3], f.Data); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	for _, c := range cases {
		if err := c.validate(); err != nil {
			return nil, fmt.Errorf("%s: %w", c, err)
		}
	}
	return cases, nil
}

// caseOf finds a case, or adds it.
func caseOf(cases []*testCase, kind, name string) (*testCase, []*testCase) {
	for _, c := range cases {
		if c.kind == kind && c.name == name {
			return c, cases
		}
	}
	c := &testCase{kind: kind, name: name, skips: map[string]string{}, others: map[string][]want{}, unfixed: map[string]bool{}, variants: map[string]*testCase{}}
	return c, append(cases, c)
}

func (c *testCase) read(extension string, data []byte) (err error) {
	switch extension {
	case "json", "arm.json":
		if c.template != nil || c.resources != nil {
			return errors.New("a case is resources or a template, not both")
		}
		c.template, c.resources, err = readDeployment(data)
	case "fixed.json":
		c.fixedTemplate, c.fixed, err = readDeployment(data)
	case "want":
		c.wants, err = readWants(string(data))
	case "ways":
		err = c.readWays(string(data))
	default:
		err = c.readOther(extension, string(data))
	}
	return err
}

// readOther reads what is wanted in one language: it begins with the reason why.
func (c *testCase) readOther(language, text string) (err error) {
	if !isLanguage(language) {
		return fmt.Errorf("%q is no language", language)
	}
	if !strings.HasPrefix(text, "# ") {
		return errors.New("it does not begin with a comment that says why it differs")
	}
	c.others[language], err = readWants(text)
	return err
}

// in is the case as it is in a language, where something else may be right than in the others.
func (c *testCase) in(lang Language) *testCase {
	name := lang.Name()
	if l, ok := lang.(interface{ like() Language }); ok && c.others[name] == nil {
		name = l.like().Name()
	}
	if _, ok := c.others[name]; !ok {
		name = family(lang)
	}
	wants, ok := c.others[name]
	if !ok {
		return c
	}
	if known := c.variants[name]; known != nil {
		return known
	}
	other := *c
	c.variants[name] = &other
	other.wants, other.differs = wants, true
	switch {
	case len(wants) == 0:
		other.kind = "good"
	case slices.ContainsFunc(wants, func(w want) bool { return !w.undetermined() }):
		other.kind = "bad"
	default:
		other.kind = "undetermined"
	}
	return &other
}

func (c *testCase) validate() error {
	named := 0
	for _, w := range c.wants {
		if !w.undetermined() {
			named++
		}
	}
	switch {
	case c.template == nil && c.resources == nil:
		return errors.New("there are companions, but no .json")
	case c.kind == "bad" && named == 0:
		return errors.New("a bad case needs a .want with a finding")
	case c.kind == "good" && len(c.wants) > 0:
		return errors.New("a good case wants nothing")
	case c.kind == "undetermined" && (named > 0 || len(c.wants) == 0):
		return errors.New("an undetermined case needs a .want with undetermined lines only")
	case c.hasFixed() && c.kind != "bad":
		return errors.New("only a bad case can be fixed")
	}
	return nil
}

func (c *testCase) hasFixed() bool { return c.fixed != nil || c.fixedTemplate != nil }

// readDeployment reads an object as a whole template, anything else as resources.
func readDeployment(data []byte) (template []byte, resources []Object, err error) {
	if strings.HasPrefix(strings.TrimSpace(string(data)), "{") {
		return data, nil, nil
	}
	resources, err = readResources(data)
	return nil, resources, err
}

// readResources reads an array of resources. Expressions of one language have no place in it.
func readResources(data []byte) ([]Object, error) {
	v, err := parseJSON(data)
	if err != nil {
		return nil, err
	}
	list, ok := v.([]any)
	if !ok {
		return nil, errors.New("not an array of resources")
	}
	out := []Object{}
	for i, e := range list {
		r, ok := e.(Object)
		if !ok || r.Text("type") == "" || r.Text("name") == "" {
			return nil, fmt.Errorf("element %d is not a resource with type and name", i)
		}
		if err := portable(r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// portable complains about what only some languages can say.
func portable(r Object) (err error) {
	if _, nested := r.Get("resources"); nested {
		return fmt.Errorf("%s: a child is an element of the array itself, with its full type and name", r.Text("name"))
	}
	rewrite(r, func(v any) any {
		if s, _ := v.(string); strings.HasPrefix(s, "[") || strings.HasPrefix(s, "@") && nodeOf(s) == v {
			err = fmt.Errorf("%q: write @id(…) or @param(…), or a whole template", s)
		}
		return v
	}, sameKey)
	return err
}

// readWants reads lines of the form `severity resource path [dormant]`. A resource's name may have spaces.
func readWants(text string) ([]want, error) {
	var out []want
	for _, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		var w want
		if fields[len(fields)-1] == "dormant" {
			w.dormant, fields = true, fields[:len(fields)-1]
		}
		if len(fields) < 3 || !slices.Contains([]string{"error", "warning", "note", "undetermined"}, fields[0]) {
			return nil, fmt.Errorf("%q is not `severity resource path`", line)
		}
		last := len(fields) - 1
		w.level, w.resource, w.path = fields[0], strings.Join(fields[1:last], " "), fields[last]
		if w.path == "-" {
			w.path = ""
		}
		out = append(out, w)
	}
	return out, nil
}

func (c *testCase) readWays(text string) error {
	for _, line := range strings.Split(text, "\n") {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "skip:")
		if language, unfixed := strings.CutPrefix(strings.TrimSpace(line), "unfixed:"); unfixed {
			name, reason, _ := strings.Cut(strings.TrimSpace(language), " ")
			if !isLanguage(name) || strings.TrimSpace(reason) == "" {
				return fmt.Errorf("%q is not `unfixed: LANGUAGE reason`", line)
			}
			c.unfixed[name] = true
			continue
		}
		if !ok {
			if strings.TrimSpace(line) != "" {
				return fmt.Errorf("%q is not `skip: WAY reason`", line)
			}
			continue
		}
		what, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
		name, _, _ := strings.Cut(what, "(")
		switch {
		case strings.TrimSpace(reason) == "":
			return fmt.Errorf("%q gives no reason", line)
		case !isWay(name) && !isLanguage(name):
			return fmt.Errorf("%q is neither a way nor a language", name)
		}
		c.skips[what] = strings.TrimSpace(reason)
	}
	return nil
}

// isLanguage reports whether name is that of a language, or of a family of languages.
func isLanguage(name string) bool {
	return slices.ContainsFunc(Languages, func(l Language) bool { return l.Name() == name || family(l) == name })
}

// skip returns the reason why a run is left out; "" if it is not.
func (c *testCase) skip(lang Language, way, label string) string {
	for _, what := range []string{lang.Name(), family(lang), way, way + "(" + label + ")"} {
		if reason := c.skips[what]; reason != "" {
			return reason
		}
	}
	return ""
}
