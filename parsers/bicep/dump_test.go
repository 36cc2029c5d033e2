package bicep

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// parse parses text as a template.
func parse(text string) (*File, []diag.Diagnostic) {
	return Parse(source.NewFile("main.bicep", []byte(text)))
}

// parseValue returns the value of "var x = text" as dump writes it, with the diagnostics as summary writes them.
func parseValue(t *testing.T, text string) (tree, problems string) {
	t.Helper()
	f, diags := parse("var x = " + text)
	if len(f.Statements) == 0 {
		t.Fatalf("%q: no statement", text)
	}
	v, ok := f.Statements[0].(*VarDecl)
	if !ok {
		return "(bad)", summary(diags)
	}
	return dump(v.Value), summary(diags)
}

// summary gives the worst severity and the first message of that severity: "" or "error: …".
func summary(diags []diag.Diagnostic) string {
	worst := ""
	severity := diag.Severity(0)
	for _, d := range diags {
		if d.Severity > severity {
			severity, worst = d.Severity, d.Severity.String()+": "+d.Message
		}
	}
	return worst
}

// dump writes a tree as nested lists, the operator or kind first.
func dump(n any) string {
	switch n := n.(type) {
	case nil:
		return "-"
	case *Bad:
		return "bad"
	case *Null:
		return "null"
	case *Bool:
		return fmt.Sprint(n.Value)
	case *Int:
		return fmt.Sprint(n.Value)
	case *String:
		return dumpString(n)
	case *Array:
		return list("array", all(n.Items)...)
	case *Object:
		kind := "object"
		if n.Partial {
			kind = "partial"
		}
		return list(kind, all(n.Items)...)
	case *Property:
		return dumpKey(n.Key) + ":" + dump(n.Value)
	case *Spread:
		return list("...", dump(n.Value))
	case *Ref:
		return n.Name
	case *Call:
		if n.Target == nil {
			return list("call "+n.Name.Name, all(n.Args)...)
		}
		return list("call", append([]string{dump(n.Target), n.Name.Name}, all(n.Args)...)...)
	case *Access:
		return list("."+mark(n.Safe, "?"), dump(n.Target), n.Name.Name)
	case *Index:
		return list("["+mark(n.Safe, "?")+mark(n.FromEnd, "^")+"]", dump(n.Target), dump(n.Index))
	case *NestedAccess:
		return list("::", dump(n.Target), n.Name.Name)
	case *NonNull:
		return list("nonnull", dump(n.Operand))
	case *Unary:
		return list("unary "+n.Op, dump(n.Operand))
	case *Binary:
		return list(n.Op, dump(n.Left), dump(n.Right))
	case *Ternary:
		return list("?", dump(n.Cond), dump(n.Then), dump(n.Else))
	case *Paren:
		return list("paren", dump(n.Inner))
	case *Lambda:
		return list("=>", list(names(n.Params)), dump(n.Body))
	case *For:
		return list("for", n.Item.Name+mark(n.Index.Name != "", ","+n.Index.Name), dump(n.List), dump(n.Body))
	case *If:
		return list("if", dump(n.Cond), dump(n.Body))
	case Type:
		return dumpType(n)
	case Stmt:
		return dumpStmt(n)
	}
	return fmt.Sprintf("%T", n)
}

func dumpType(n Type) string {
	switch n := n.(type) {
	case *BadType:
		return "badtype"
	case *TypeRef:
		return n.Name
	case *TypeLiteral:
		return dump(n.Value)
	case *UnaryType:
		return list("unary "+n.Op, dump(n.Operand))
	case *ArrayType:
		return list("[]", dump(n.Item))
	case *TupleType:
		var items []string
		for _, i := range n.Items {
			items = append(items, dumpDecorators(i.Decorators)+dump(i.Type))
		}
		return list("tuple", items...)
	case *ObjectType:
		var items []string
		for _, p := range n.Properties {
			items = append(items, dumpDecorators(p.Decorators)+mark(p.Rest, "*")+dumpKey(p.Key)+":"+dump(p.Type))
		}
		return list("object", items...)
	case *UnionType:
		return list("|", all(n.Members)...)
	case *NullableType:
		return list("?", dump(n.Inner))
	case *NonNullType:
		return list("!", dump(n.Inner))
	case *ParenType:
		return list("paren", dump(n.Inner))
	case *TypeMember:
		return list(".", dump(n.Target), n.Name.Name)
	case *TypeIndex:
		return list("[i]", dump(n.Target), dump(n.Index))
	case *TypeItems:
		return list("[*]", dump(n.Target))
	case *TypeRest:
		return list(".*", dump(n.Target))
	case *TypeCall:
		if n.Target == nil {
			return list(n.Name.Name+"<>", all(n.Args)...)
		}
		return list(n.Name.Name+"<>", append([]string{dump(n.Target)}, all(n.Args)...)...)
	case *ResourceType:
		if n.Name == nil {
			return "(resource)"
		}
		return list("resource", dump(n.Name))
	}
	return fmt.Sprintf("%T", n)
}

func dumpStmt(s Stmt) string {
	h := s.Header()
	var parts []string
	kind := strings.TrimPrefix(fmt.Sprintf("%T", s), "*bicep.")
	if h.Broken {
		kind = "broken " + kind
	}
	if h.Name.Name != "" {
		parts = append(parts, h.Name.Name)
	}
	switch s := s.(type) {
	case *TargetScopeDecl:
		parts = append(parts, dump(s.Value))
	case *MetadataDecl:
		parts = append(parts, dump(s.Value))
	case *ParamDecl:
		parts = append(parts, dump(s.Type), dump(s.Default))
	case *ParamAssign:
		parts = append(parts, dump(s.Value))
	case *VarDecl:
		parts = append(parts, dump(s.Type), dump(s.Value))
	case *TypeDecl:
		parts = append(parts, dump(s.Type))
	case *FuncDecl:
		var params []string
		for _, p := range s.Params {
			params = append(params, p.Name.Name+":"+dump(p.Type))
		}
		parts = append(parts, list(strings.Join(params, " ")), dump(s.Result), dump(s.Body))
	case *OutputDecl:
		parts = append(parts, dump(s.Type), dump(s.Value))
	case *ResourceDecl:
		parts = append(parts, dump(s.Type)+mark(s.Existing, " existing"), dump(s.Body))
	case *ModuleDecl:
		parts = append(parts, dump(s.Path), dump(s.Body))
	case *TestDecl:
		parts = append(parts, dump(s.Path), dump(s.Body))
	case *AssertDecl:
		parts = append(parts, dump(s.Value))
	case *ImportDecl:
		for _, i := range s.Symbols {
			parts = append(parts, dumpKey(i.Original)+mark(i.Alias.Name != "", " as "+i.Alias.Name))
		}
		parts = append(parts, dump(s.From))
	case *ExtensionDecl:
		parts = append(parts, dump(s.Spec), dumpConfig(s.Config))
	case *UsingDecl:
		parts = append(parts, dump(s.Path), dumpConfig(s.Config))
	case *ExtendsDecl:
		parts = append(parts, dump(s.Path))
	case *ExtensionConfigDecl:
		parts = append(parts, dumpConfig(s.Config))
	}
	return dumpDecorators(h.Decorators) + list(kind, parts...)
}

func dumpConfig(o *Object) string {
	if o == nil {
		return "-"
	}
	return dump(o)
}

func dumpDecorators(list []Decorator) string {
	var b strings.Builder
	for _, d := range list {
		b.WriteString("@" + dump(d.Expr) + " ")
	}
	return b.String()
}

func dumpString(s *String) string {
	if text, ok := s.Literal(); ok {
		return fmt.Sprintf("%+q", text)
	}
	var parts []string
	for _, p := range s.Parts {
		if p.Hole != nil {
			parts = append(parts, dump(p.Hole))
		} else {
			parts = append(parts, fmt.Sprintf("%+q", p.Text))
		}
	}
	return list("$", parts...)
}

func dumpKey(k Key) string {
	if k.String != nil {
		return dump(k.String)
	}
	return k.Name
}

func list(head string, parts ...string) string {
	return "(" + strings.Join(append([]string{head}, parts...), " ") + ")"
}

func all[T any](nodes []T) []string {
	var out []string
	for _, n := range nodes {
		out = append(out, dump(n))
	}
	return out
}

func names(list []Ident) string {
	var out []string
	for _, i := range list {
		out = append(out, i.Name)
	}
	return strings.Join(out, " ")
}

func mark(on bool, text string) string {
	if on {
		return text
	}
	return ""
}
