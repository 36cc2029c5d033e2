package template

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// scopeFunction is a function whose result depends on where its call stands.
type scopeFunction func(in *instance, e *expr.Evaluator, c *expr.Call) value.Value

// scopeFunctions by lower-case name. Their results come from the deployment, not from their arguments alone.
var scopeFunctions map[string]scopeFunction

func init() {
	scopeFunctions = map[string]scopeFunction{
		"parameters": func(in *instance, e *expr.Evaluator, c *expr.Call) value.Value { return in.byName(e, c, in.parameter) },
		"variables":  func(in *instance, e *expr.Evaluator, c *expr.Call) value.Value { return in.byName(e, c, in.variable) },
		"copyindex":  copyIndex,
		"resourceid": evalResourceID, "subscriptionresourceid": evalSubscriptionResourceID,
		"tenantresourceid": evalTenantResourceID, "extensionresourceid": evalExtensionResourceID,
		"managementgroupresourceid": evalManagementGroupResourceID,
		"resourcegroup":             evalResourceGroup, "subscription": evalSubscription, "tenant": evalTenant,
		"managementgroup": evalManagementGroup, "deployment": evalDeployment, "environment": evalPlatform, "deployer": evalPlatform,
		"reference": evalReference, "references": evalReferences, "resourceinfo": evalResourceInfo,
		"newguid": evalGenerated, "utcnow": evalGenerated,
		"listoutputswithsecurevalues": evalSecureOutputs,
		"secretreference":             evalSecretReference,
		"argumentvalue":               evalArgumentValue,
		"declaredname":                evalDeclaredName,
		"readenvironmentvariable":     evalEnvironmentVariable,
	}
}

// Call evaluates the functions of the deployment.
func (in *instance) Call(e *expr.Evaluator, c *expr.Call) (value.Value, bool) {
	name := strings.ToLower(c.Name)
	if f := scopeFunctions[name]; f != nil {
		return f(in, e, c), true
	}
	if f := in.functions[name]; f != nil {
		return in.userFunction(e, f, c), true
	}
	if strings.HasPrefix(name, "list") {
		return in.list(e, c), true
	}
	return value.Value{}, false
}

// byName evaluates a call whose only argument is a name.
func (in *instance) byName(e *expr.Evaluator, c *expr.Call, get func(string) value.Value) value.Value {
	if len(c.Args) != 1 {
		return value.Value{}
	}
	arg := e.Eval(c.Args[0])
	if name, ok := arg.Text(); ok {
		return get(name)
	}
	cases := arg.Cases()
	got := make([]value.Value, 0, len(cases))
	for _, n := range cases {
		name, ok := n.Text()
		if !ok {
			return expr.UnknownCall(c.Name, arg)
		}
		got = append(got, get(name))
	}
	if len(got) == 0 {
		return expr.UnknownCall(c.Name, arg)
	}
	return value.OneOf(value.CanonCall(c.Name, arg), got...).WithDeps(arg.Deps()...)
}

// copyIndex is copyIndex(), copyIndex(offset), copyIndex('loop'), copyIndex('loop', offset).
func copyIndex(_ *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	args := e.Args(c)
	name, offset := "", int64(0)
	for _, a := range args {
		if text, ok := a.Text(); ok {
			name = text
		}
		if n, ok := a.Int(); ok {
			offset = n
		}
	}
	index, ok := e.LoopIndex(name)
	if !ok {
		return expr.UnknownCall("copyIndex", args...)
	}
	if n, ok := index.Int(); ok {
		return value.OfInt(n + offset)
	}
	if offset == 0 {
		return index
	}
	return expr.UnknownCall("add", index, value.OfInt(offset))
}

// functionScope is the scope of a user-defined function's body: it sees its own parameters, and the template's other
// functions.
type functionScope struct {
	in   *instance
	args map[string]value.Value
}

func (s functionScope) Call(e *expr.Evaluator, c *expr.Call) (value.Value, bool) {
	name := strings.ToLower(c.Name)
	if name == "parameters" && len(c.Args) == 1 {
		text, _ := e.Eval(c.Args[0]).Text()
		v, ok := s.args[strings.ToLower(text)]
		return v, ok
	}
	if f := s.in.functions[name]; f != nil {
		return s.in.userFunction(e, f, c), true
	}
	if name == "variables" { // Bicep functions may read the file's variables
		return s.in.byName(e, c, s.in.variable), true
	}
	if f := scopeFunctions[name]; f != nil {
		return f(s.in, e, c), true
	}
	return value.Value{}, false
}

func (in *instance) userFunction(e *expr.Evaluator, f *Function, c *expr.Call) value.Value {
	args := e.Args(c)
	scope := functionScope{in: in, args: make(map[string]value.Value, len(f.Params))}
	for i, p := range f.Params {
		v := value.NullValue
		if i < len(args) {
			v = args[i]
		}
		scope.args[strings.ToLower(p)] = v
	}
	return e.In(scope).Eval(f.Body)
}

// evalGenerated is newGuid(), utcNow(): a string, different each time.
func evalGenerated(_ *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	e.Args(c)
	return known("")
}

// evalPlatform is environment(), deployer(): an object of the platform.
func evalPlatform(_ *instance, _ *expr.Evaluator, c *expr.Call) value.Value {
	v := value.NewUnknown(strings.ToLower(c.Name) + "()")
	v.NotNull = true
	return v
}

// evalSecretReference is a secret of a Key Vault that is passed to a module.
func evalSecretReference(*instance, *expr.Evaluator, *expr.Call) value.Value {
	return known("").AsSecret()
}

// evalArgumentValue takes the value out of what an expression passes to a parameter: {value}, or {reference} to a secret.
func evalArgumentValue(_ *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	if x := argumentOf(c.Args[0]); x != nil {
		return e.Eval(x)
	}
	arg := e.Eval(c.Args[0])
	var cases []value.Value
	for _, a := range arg.Alternatives() {
		v := a.Get("value")
		if v.IsUnset() && !a.Get("reference").IsUnset() {
			v = known("").AsSecret()
		}
		cases = append(cases, v)
	}
	return value.OneOf("", cases...)
}

// argumentOf undoes what the compiler makes of a choice between values: if(c, createObject('value', a),
// createObject('value', b)) passes if(c, a, b). It answers nil for what has another form.
func argumentOf(x expr.Expr) expr.Expr {
	if lazy, ok := x.(*expr.Lazy); ok {
		x = lazy.Expr()
	}
	c, ok := x.(*expr.Call)
	switch {
	case !ok:
	case strings.EqualFold(c.Name, "if") && len(c.Args) == 3:
		then, otherwise := argumentOf(c.Args[1]), argumentOf(c.Args[2])
		if then != nil && otherwise != nil {
			return &expr.Call{Name: c.Name, Args: []expr.Expr{c.Args[0], then, otherwise}, At: c.At}
		}
	case strings.EqualFold(c.Name, "createObject") && len(c.Args) == 2:
		key, _ := c.Args[0].(expr.Literal)
		switch {
		case isName(key.Value, "value"):
			return c.Args[1]
		case isName(key.Value, "reference"):
			return &expr.Call{Name: "secretReference", At: c.At}
		}
	}
	return nil
}

// evalDeclaredName is the name of a resource as its declaration has it: without its parent's.
func evalDeclaredName(in *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	target := e.Eval(c.Args[0])
	ent := in.referred(target)
	if ent == nil || ent.decl.Name == nil {
		return expr.UnknownCall(c.Name, target)
	}
	return ent.eval.Eval(ent.decl.Name)
}

// evalEnvironmentVariable is readEnvironmentVariable(name, [default]) of a parameter file. The environment of who lints
// is not that of who deploys, and is never read.
func evalEnvironmentVariable(_ *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	args := e.Args(c)
	if len(args) == 2 {
		return args[1]
	}
	v := expr.UnknownCall(c.Name, args...)
	v.NotNull = true
	return v
}

func field(name string, v value.Value) value.Field { return value.Field{Name: name, Value: v} }

// platformObject is an object of the platform: some members are known to be there.
func platformObject(fields ...value.Field) value.Value { return value.OfObject(fields...).AsOpen() }

func evalResourceGroup(in *instance, _ *expr.Evaluator, _ *expr.Call) value.Value {
	prefix := "resourceGroup()"
	if sym := value.Canon(in.group); sym != "resourceGroup().name" {
		prefix = "resourceGroup(" + sym + ")"
	}
	return platformObject(
		field("id", levelScope(ResourceGroup, in.sub, in.group)),
		field("name", in.group),
		field("type", value.OfString("Microsoft.Resources/resourceGroups")),
		field("location", known(prefix+".location")),
		field("tags", known(prefix+".tags")),
	)
}

func evalSubscription(in *instance, _ *expr.Evaluator, _ *expr.Call) value.Value {
	return platformObject(
		field("id", levelScope(Subscription, in.sub, value.Value{})),
		field("subscriptionId", in.sub),
		field("tenantId", known("subscription().tenantId")),
		field("displayName", known("subscription().displayName")),
	)
}

func evalTenant(*instance, *expr.Evaluator, *expr.Call) value.Value {
	return platformObject(field("tenantId", known("subscription().tenantId")), field("displayName", known("tenant().displayName")))
}

func evalManagementGroup(*instance, *expr.Evaluator, *expr.Call) value.Value {
	return platformObject(
		field("id", levelScope(ManagementGroup, value.Value{}, value.Value{})), field("name", known("managementGroup().name")))
}

func evalDeployment(in *instance, _ *expr.Evaluator, _ *expr.Call) value.Value {
	name := known("deployment().name")
	if in.call != nil {
		name = in.call.Name()
	}
	return platformObject(field("name", name), field("location", known("deployment().location")))
}

// evalResourceID is resourceId([subscription], [resource group], type, name, …).
func evalResourceID(in *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	args := idArguments(e, c)
	typ, rest := splitType(args)
	if typ < 0 || typ > 2 {
		return expr.UnknownCall("resourceId", args...)
	}
	sub, group, level := in.sub, in.group, in.level
	switch typ {
	case 1: // a subscription in a template that is deployed to one, else a resource group
		if in.level == Subscription {
			sub = args[0]
		} else {
			group, level = args[0], ResourceGroup
		}
	case 2:
		sub, group, level = args[0], args[1], ResourceGroup
	}
	return in.identify("resourceId", args, levelScope(level, sub, group), rest)
}

// idArguments evaluates the arguments of resourceId and its kin. For a child whose full name is computed the compiler
// writes split(name, '/')[0], split(name, '/')[1], …: as many names as the type asks for, so that no hole has a slash.
func idArguments(e *expr.Evaluator, c *expr.Call) []value.Value {
	first := len(c.Args)
	var whole expr.Expr
	for ; first > 0; first-- {
		name, index := splitName(c.Args[first-1])
		if name == nil || whole != nil && name.Span().Text() != whole.Span().Text() {
			break
		}
		if whole = name; index == 0 {
			first--
			break
		}
	}
	if whole == nil {
		return e.Args(c)
	}
	names := model.SplitName(e.Eval(whole))
	if len(names) != len(c.Args)-first || len(names) < 2 {
		return e.Args(c)
	}
	return append(e.Args(&expr.Call{Name: c.Name, Args: c.Args[:first], At: c.At}), names...)
}

// splitName recognises split(NAME, '/')[INDEX].
func splitName(x expr.Expr) (name expr.Expr, at int64) {
	index, ok := x.(*expr.Index)
	if !ok {
		return nil, 0
	}
	key, isLiteral := index.Key.(expr.Literal)
	split, isCall := index.Base.(*expr.Call)
	if !isLiteral || !isCall || !strings.EqualFold(split.Name, "split") || len(split.Args) != 2 {
		return nil, 0
	}
	by, _ := split.Args[1].(expr.Literal)
	at, ok = key.Value.Int()
	if !ok || !isName(by.Value, "/") {
		return nil, 0
	}
	return split.Args[0], at
}

// splitType finds the resource type among the arguments: the first that contains a slash.
func splitType(args []value.Value) (int, []value.Value) {
	for i, a := range args {
		if text, ok := a.Text(); ok && strings.Contains(text, "/") {
			return i, args[i:]
		}
	}
	return -1, nil
}

// identify puts an id together of a scope, a type and names.
func (in *instance) identify(function string, all []value.Value, scope value.Value, typeAndNames []value.Value) value.Value {
	typ, ok := typeAndNames[0].Text()
	if !ok || strings.Count(typ, "/") != len(typeAndNames)-1 {
		return expr.UnknownCall(function, all...)
	}
	return resourceID(scope, strings.Trim(typ, "/"), typeAndNames[1:])
}

func evalSubscriptionResourceID(in *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	args := idArguments(e, c)
	typ, rest := splitType(args)
	if typ < 0 || typ > 1 {
		return expr.UnknownCall("subscriptionResourceId", args...)
	}
	sub := in.sub
	if typ == 1 {
		sub = args[0]
	}
	return in.identify("subscriptionResourceId", args, levelScope(Subscription, sub, value.Value{}), rest)
}

func evalTenantResourceID(in *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	args := idArguments(e, c)
	if typ, _ := splitType(args); typ != 0 {
		return expr.UnknownCall("tenantResourceId", args...)
	}
	return in.identify("tenantResourceId", args, value.OfString(""), args)
}

func evalExtensionResourceID(in *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	args := idArguments(e, c)
	if len(args) < 2 {
		return expr.UnknownCall("extensionResourceId", args...)
	}
	return in.identify("extensionResourceId", args, in.absolute(args[0]), args[1:])
}

func evalManagementGroupResourceID(in *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	args := idArguments(e, c)
	typ, rest := splitType(args)
	if typ < 0 || typ > 1 {
		return expr.UnknownCall("managementGroupResourceId", args...)
	}
	group := known("managementGroup().name")
	if typ == 1 {
		group = args[0]
	}
	scope := value.Template(value.OfString("/providers/Microsoft.Management/managementGroups/"), group)
	return in.identify("managementGroupResourceId", args, scope, rest)
}
