package expr

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// signatures are calls that make sense: the type of the result, the function ([] for an access) and the types of its
// arguments. Types are s(tring), i(nteger), b(ool), a(rray), o(bject), k (string literal), x (any), l (array of arrays),
// m (array of objects), and lambdas F (any → any), P (any → bool), K (any → string), C (any, any → bool), R (any, any → any).
// Objects are not written as text: in what order members stand that may have been there before is not known.
var signatures = strings.Fields(`
	a:array:x s:concat:ss s:concat:sis a:concat:aa a:concat:aaa b:contains:ax b:contains:os b:contains:ss
	a:createArray:xx a:createArray:x a:distinct:a b:empty:a b:empty:o b:empty:s x:first:a s:first:s a:flatten:l
	x:indexFromEnd:ai i:indexOf:ax i:indexOf:ss a:intersection:aa o:intersection:oo x:last:a s:last:s
	i:lastIndexOf:ax i:lastIndexOf:ss i:length:a i:length:o i:length:s i:max:ii i:min:ii a:range:ii a:skip:ai
	s:skip:si a:take:ai s:take:si x:tryGet:os x:tryGet:oss x:tryGet:ai x:tryGet:osi x:tryIndexFromEnd:ai
	o:createObject:kx o:createObject:kxkx a:items:o a:objectKeys:o o:shallowMerge:m o:union:oo o:union:ooo a:union:aa
	a:filter:aP o:groupBy:aK o:groupBy:aKF a:map:aF o:mapValues:oF x:reduce:axR a:sort:aC o:toObject:aK
	o:toObject:aKF b:endsWith:ss s:format:si s:format:sbs s:join:as b:like:ss s:padLeft:si s:replace:sss a:split:ss
	b:startsWith:ss s:string:i s:string:s s:substring:si s:substring:sii s:toLower:s s:toUpper:s s:trim:s b:greater:ii
	b:greaterOrEquals:ii b:less:ii b:lessOrEquals:ss i:add:ii i:sub:ii i:mul:ii i:div:ii i:mod:ii i:int:s
	s:base64:s s:base64ToString:s x:json:s s:uriComponent:s s:uriComponentToString:s s:guid:ss s:uniqueString:ss
	b:and:bb b:or:bb b:not:b b:equals:xx b:equals:ss x:if:bxx o:if:boo a:if:baa s:if:bss x:coalesce:xx s:coalesce:ss
	l:createArray:aa l:createArray:aaa m:createArray:oo m:createArray:ooo m:createArray:oooo
	x:[]:ok x:[]:os x:[]:ai o:parseCidr:s s:cidrHost:si s:cidrSubnet:sii s:uri:ss o:parseUri:s s:dataUri:s s:dataUriToString:s
	s:dateTimeAdd:ss i:dateTimeToEpoch:s s:dateTimeFromEpoch:i b:bool:s`)

var fuzzTexts = []string{
	"", "a", "A", "b", "ab", "aB", "key", "value", " x ", "{0}", "{0}-{1}", "{0:D3}", "{0,4}|", "/", "-", "é😀", "1", "true",
	`{"a":[1]}`, "[1,2]", "10.0.0.0/8", "2020-01-01T00:00:00Z", "P1D", "IEZpenog", "%20", "https://a.com/b", "a,b", ",", "*a*",
}

// fuzzer turns bytes into choices.
type fuzzer struct {
	data   []byte
	params map[string]value.Value // exact
	blurry map[string]value.Value // the same, known in part
	calls  int
}

func (f *fuzzer) pick(n int) int {
	if len(f.data) == 0 {
		return 0
	}
	b := f.data[0]
	f.data = f.data[1:]
	return int(b) % n
}

// expr makes an expression of a type.
func (f *fuzzer) expr(kind byte, depth int, vars string) Expr {
	if at := strings.IndexByte("FPKCR", kind); at >= 0 {
		return f.lambda([]string{"v", "v", "v", "vw", "vw"}[at], "xbsbx"[at], depth, vars)
	}
	f.calls++
	choice := f.pick(8)
	switch {
	case kind == 'k':
		return String([]string{"a", "b", "key", "A"}[choice%4], noSpan)
	case vars != "" && choice < 2:
		return call("lambdaVariables", String(vars[f.pick(len(vars)):][:1], noSpan))
	case choice < 4 || depth <= 0 || f.calls > 60:
		if kind == 'l' || kind == 'm' {
			inner := map[byte]byte{'l': 'a', 'm': 'o'}[kind]
			return call("createArray", f.param(inner), f.param(inner))
		}
		return f.param(kind)
	}
	var fitting []string
	for _, s := range signatures {
		if s[0] == kind || kind == 'x' && s[0] != 'l' && s[0] != 'm' {
			fitting = append(fitting, s)
		}
	}
	sig := strings.Split(fitting[f.pick(256)%len(fitting)], ":")
	args := make([]Expr, len(sig[2]))
	for i := range args {
		args[i] = f.expr(sig[2][i], depth-1, vars)
	}
	return call(sig[1], args...)
}

func (f *fuzzer) lambda(names string, result byte, depth int, vars string) Expr {
	var args []Expr
	for _, n := range names {
		args = append(args, String(string(n), noSpan))
	}
	return call("lambda", append(args, f.expr(result, depth-1, vars+names))...)
}

var noSpan source.Span

func call(name string, args ...Expr) Expr {
	if name == "[]" {
		return &Index{Base: args[0], Key: args[1]}
	}
	return &Call{Name: name, Args: args}
}

// param makes a parameter of a type, or uses one that is there.
func (f *fuzzer) param(kind byte) Expr {
	name := string(kind) + strconv.Itoa(f.pick(3))
	if _, ok := f.params[name]; !ok {
		exact := f.exact(kind, 2)
		f.params[name] = exact
		f.blurry[name] = f.blur(exact, "parameters('"+name+"')", 2)
	}
	return call("parameters", String(name, noSpan))
}

// exact makes a known value.
func (f *fuzzer) exact(kind byte, depth int) value.Value {
	if kind == 'x' {
		kind = "sibaon"[f.pick(6)]
	}
	switch kind {
	case 's':
		return value.OfString(fuzzTexts[f.pick(len(fuzzTexts))])
	case 'i':
		return value.OfInt([]int64{0, 1, 2, 3, -1, 10, 24, 1 << 40, -1 << 63, 1<<63 - 1}[f.pick(10)])
	case 'b':
		return value.OfBool(f.pick(2) == 0)
	case 'a':
		elems := make([]value.Value, f.pick(4))
		for i := range elems {
			elems[i] = f.exact("sxix"[f.pick(4)], depth-1)
		}
		if depth <= 0 {
			elems = nil
		}
		return value.OfArray(elems...)
	case 'o':
		var fields []value.Field
		for _, name := range []string{"a", "b", "Key"}[:f.pick(4)] {
			if depth > 0 {
				fields = append(fields, value.Field{Name: name, Value: f.exact('x', depth-1)})
			}
		}
		return value.OfObject(fields...)
	}
	return value.NullValue
}

// blur forgets some of what is known of v.
func (f *fuzzer) blur(v value.Value, sym string, depth int) value.Value {
	switch choice := f.pick(10); {
	case choice == 0:
		return value.NewUnknown(sym, sym)
	case choice == 1:
		return value.NewUnknown("", sym)
	case choice == 2:
		return value.OneOf(sym, v, f.exact('x', 1)).WithDeps(sym)
	case choice == 3:
		return value.OneOf("", f.exact('s', 1), v, f.exact('o', 1), f.exact('a', 2))
	case choice < 6 && depth > 0:
		return v
	}
	text, _ := v.Text()
	switch {
	case len(text) > 1 && text[0] < 0x80:
		return value.Template(value.OfString(text[:1]), value.NewUnknown(sym+".rest"))
	case v.Kind == value.Array:
		var elems []value.Value
		open := f.pick(2) == 0
		for i, x := range v.Elems() {
			if !open || f.pick(3) > 0 {
				elems = append(elems, f.blur(x, sym+"["+strconv.Itoa(i)+"]", depth-1))
			}
		}
		return arrayOf(elems, open, sym)
	case v.Kind == value.Object:
		return f.blurObject(v, sym, depth)
	}
	return v
}

func (f *fuzzer) blurObject(v value.Value, sym string, depth int) value.Value {
	var fields []value.Field
	open := f.pick(2) == 0
	for _, x := range v.Fields() {
		if open && f.pick(3) == 0 {
			continue
		}
		x.Value = f.blur(x.Value, sym+"."+x.Name, depth-1)
		if f.pick(4) == 0 {
			x.Value = value.OneOf("", x.Value, value.AbsentValue)
		}
		fields = append(fields, x)
	}
	if f.pick(4) == 0 {
		fields = append(fields, value.Field{Name: "maybe", Value: value.OneOf("", value.OfInt(1), value.AbsentValue)})
	}
	return objectOf(fields, open, sym)
}

type fuzzScope map[string]value.Value

func (s fuzzScope) Call(e *Evaluator, c *Call) (value.Value, bool) {
	if c.Name != "parameters" {
		return value.Value{}, false
	}
	name, _ := e.Eval(c.Args[0]).Text()
	return s[name], true
}

// covers reports whether the exact value v is one of those that known allows for. Case is passed over: which spelling of
// the name of a member is left, when two are merged, is not known where the name is not.
func covers(known, v value.Value) bool {
	switch known.Kind {
	case value.Unknown:
		if cases := known.Cases(); len(cases) > 0 {
			for _, c := range cases {
				if covers(c, v) {
					return true
				}
			}
			return false
		}
		if parts := known.Parts(); parts != nil {
			return coversText(parts, v)
		}
		return !(known.NotNull && v.IsUnset())
	case value.Array:
		return v.Kind == value.Array && coversArray(known, v)
	case value.Object:
		if v.Kind != value.Object {
			return false
		}
		for _, f := range known.Fields() {
			if !covers(f.Value, v.Get(f.Name)) {
				return false
			}
		}
		for _, f := range v.Fields() {
			if _, ok := known.Lookup(f.Name); !ok && !known.Open {
				return false
			}
		}
		return true
	}
	return value.SameFold(known, v) == value.True
}

func coversArray(known, v value.Value) bool {
	if !known.Open && len(known.Elems()) != len(v.Elems()) {
		return false
	}
	for i, x := range known.Elems() {
		ok := !known.Open && covers(x, v.Elems()[i])
		for _, y := range v.Elems() {
			ok = ok || known.Open && covers(x, y)
		}
		if !ok {
			return false
		}
	}
	return true
}

func coversText(parts []value.Value, v value.Value) bool {
	text, ok := v.Text()
	text = fold(text)
	for i, p := range parts {
		piece, known := p.Text()
		piece = fold(piece)
		if !known {
			continue
		}
		at := strings.Index(text, piece)
		if i == len(parts)-1 {
			at = strings.LastIndex(text, piece)
			ok = ok && strings.HasSuffix(text, piece)
		}
		if at < 0 || i == 0 && at > 0 {
			return false
		}
		text = text[at+len(piece):]
	}
	return ok
}

func checkBounds(t *testing.T, v value.Value) {
	if text, _ := v.Text(); len(text) > value.MaxText || len(v.Sym()) > value.MaxSym+len("format('')") || len(v.Cases()) > value.MaxCases {
		t.Fatalf("a value is too large: %d bytes, %d of the expression, %d cases", len(text), len(v.Sym()), len(v.Cases()))
	}
	for _, list := range [][]value.Value{v.Cases(), v.Parts(), v.Elems()} {
		for _, x := range list {
			checkBounds(t, x)
		}
	}
	for _, f := range v.Fields() {
		checkBounds(t, f.Value)
	}
}

// What is said of an expression whose parameters are known in part must hold for each value that these may have.
func FuzzPartialKnowledge(f *testing.F) {
	for i := range 200 {
		f.Add([]byte(fmt.Sprint(i, i*i, i*i*i, "seeds of all kinds", i)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		z := &fuzzer{data: data, params: map[string]value.Value{}, blurry: map[string]value.Value{}}
		x := z.expr("sibaox"[z.pick(6)], 4, "")
		exact, known := New(fuzzScope(z.params)), New(fuzzScope(z.blurry))
		want, got := exact.Eval(x), known.Eval(x)
		checkBounds(t, got)
		if again := New(fuzzScope(z.blurry)).Eval(x); string(value.AppendJSON(nil, again)) != string(value.AppendJSON(nil, got)) {
			t.Fatalf("%s has two values", show(x))
		}
		if exact.Budget.Exceeded || known.Budget.Exceeded || !want.Known() {
			return // the deployment fails
		}
		if !covers(got, want) {
			t.Fatalf("%s\nis %s\nsaid to be %s\nwith %v\nknown as %v", show(x), value.AppendJSON(nil, want), value.AppendJSON(nil, got), jsonOf(z.params), jsonOf(z.blurry))
		}
	})
}

// Any function takes any values, whatever they are and however many.
func FuzzFunctions(f *testing.F) {
	names := Functions()
	slices.Sort(names)
	for i := range names {
		f.Add([]byte{byte(i), 2, byte(i * 7), byte(i * 13), 5, 9, 200, 17, 45, 91, 3, 128})
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		z := &fuzzer{data: data, params: map[string]value.Value{}, blurry: map[string]value.Value{}}
		name := names[z.pick(256)%len(names)]
		args := make([]Expr, z.pick(6))
		for i := range args {
			args[i] = z.expr("sibaoxlmFPKCR"[z.pick(13)], 2, "")
		}
		checkBounds(t, New(fuzzScope(z.blurry)).Eval(call(name, args...)))
	})
}

func jsonOf(params map[string]value.Value) string {
	b := ""
	for _, name := range slices.Sorted(maps.Keys(params)) {
		b += fmt.Sprintf("\n\t%s = %s", name, value.AppendJSON(nil, params[name]))
	}
	return b
}

func show(x Expr) string {
	switch x := x.(type) {
	case Literal:
		return string(value.AppendJSON(nil, x.Value))
	case *Call:
		args := make([]string, len(x.Args))
		for i, a := range x.Args {
			args[i] = show(a)
		}
		return x.Name + "(" + strings.Join(args, ", ") + ")"
	case *Index:
		return show(x.Base) + "[" + show(x.Key) + "]"
	}
	return "?"
}
