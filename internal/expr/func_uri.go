package expr

import (
	"net/url"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

var uriFunctions = []function{
	{name: "buildUri", min: 1, max: 1, needs: whole, notNull: true, eval: evalBuildURI},
	{name: "parseUri", min: 1, max: 1, needs: whole, notNull: true, eval: evalParseURI},
	{name: "uri", min: 2, max: 2, needs: parts, notNull: true, eval: evalURI},
}

// evalURI resolves a reference. Where .NET may write the result in a way of its own, with escapes, it is not known.
// Whatever the base is, the result ends with a path below it.
func evalURI(_ *Evaluator, args []value.Value) (value.Value, error) {
	if below, ok := args[1].Text(); ok && !args[0].Known() && isPathBelow(below) {
		base := value.NewUnknown(value.CanonCall("uri", args[0], value.OfString("")), args[0].Deps()...)
		return value.Template(base, args[1]), nil
	}
	text, reference, err := twoTexts(args)
	if err != nil {
		return mistake("uri needs strings")
	}
	base, err := absoluteURI(text)
	if err != nil || !isPlainURI(reference) {
		return undecided()
	}
	joined, err := base.Parse(reference)
	if err != nil {
		return mistake("uri cannot join these")
	}
	if joined.Path == "" {
		joined.Path = "/"
	}
	return value.OfString(joined.String()), nil
}

// isPathBelow reports whether s is a path that stays as it is when it is resolved: each segment has a name.
func isPathBelow(s string) bool {
	if strings.Trim(s, unreserved+"/") != "" {
		return false
	}
	for _, segment := range strings.Split(s, "/") {
		if strings.Trim(segment, ".") == "" {
			return false
		}
	}
	return true
}

// isPlainURI reports whether nothing in s is escaped, or would have to be.
func isPlainURI(s string) bool {
	return strings.Trim(s, unreserved+":/?#&=+,;@!$()*") == ""
}

var defaultPorts = map[string]string{"http": "80", "https": "443", "ftp": "21", "ws": "80", "wss": "443"}

// absoluteURI parses a URI that has a host, and writes that in lower case, without a default port.
func absoluteURI(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || !isPlainURI(s) {
		return nil, errUndecided
	}
	u.Host = strings.ToLower(u.Host)
	if u.Port() == defaultPorts[u.Scheme] {
		u.Host = u.Hostname()
	}
	return u, nil
}

// evalParseURI leaves open what is not documented: the port and path of a URI without one, and how the query is written.
func evalParseURI(_ *Evaluator, args []value.Value) (value.Value, error) {
	text, _ := args[0].Text()
	u, err := absoluteURI(text)
	if err != nil {
		return undecided()
	}
	call := value.NewUnknown(value.CanonCall("parseUri", args...))
	field := func(name, text string) value.Field {
		v := value.OfString(text)
		if text == "" {
			v = call.Get(name)
		}
		v.Secret = args[0].Secret
		return value.Field{Name: name, Value: v}
	}
	port := value.Field{Name: "port", Value: call.Get("port")}
	if n, ok := parseInt(u.Port()); ok {
		port.Value = value.OfInt(n)
	}
	return value.OfObject(field("scheme", u.Scheme), field("host", u.Hostname()), port, field("path", u.Path), field("query", "")), nil
}

// evalBuildURI writes scheme://host[:port]/path[?query] (inferred). A default port may or may not be written.
func evalBuildURI(_ *Evaluator, args []value.Value) (value.Value, error) {
	part := func(name string) string {
		return plainText(args[0].Get(name))
	}
	scheme, port := part("scheme"), part("port")
	s := scheme + "://" + part("host")
	if port != "" {
		s += ":" + port
	}
	if path := part("path"); path != "" {
		s += "/" + strings.TrimPrefix(path, "/")
	}
	if query := part("query"); query != "" {
		s += "?" + strings.TrimPrefix(query, "?")
	}
	u, err := absoluteURI(s)
	if err != nil || u.Scheme != scheme || u.Path == "" || port != "" && u.Port() == "" || len(s) > value.MaxText {
		return undecided()
	}
	v := value.OfString(u.String())
	v.Secret = Tainted(args[0])
	return v, nil
}
