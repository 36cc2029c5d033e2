package value

import (
	"math"
	"strconv"
	"strings"
)

// Canon returns the canonical expression of v: what the ARM language would have to say to get v. It is "" when v has an
// unknown without identity in it, or when the expression would be longer than MaxSym.
func Canon(v Value) string {
	b, ok := appendCanon(make([]byte, 0, 64), v)
	if !ok {
		return ""
	}
	return string(b)
}

// CanonCall returns the canonical expression of a call of name with args.
func CanonCall(name string, args ...Value) string {
	b, ok := appendCanonCall(make([]byte, 0, 64), name, args)
	if !ok {
		return ""
	}
	return string(b)
}

func appendCanonCall(b []byte, name string, args []Value) ([]byte, bool) {
	b = append(append(b, name...), '(')
	for i, a := range args {
		if i > 0 {
			b = append(b, ", "...)
		}
		var ok bool
		if b, ok = appendCanon(b, a); !ok || len(b) > MaxSym {
			return b, false
		}
	}
	return append(b, ')'), true
}

func appendCanon(b []byte, v Value) ([]byte, bool) {
	if len(b) > MaxSym {
		return b, false
	}
	if v.Secret && v.Kind != Unknown {
		return b, false
	}
	switch v.Kind {
	case Unknown:
		return append(b, v.text...), v.text != ""
	case Bool:
		return append(strconv.AppendBool(b, v.num == 1), "()"...), true
	case Int:
		return strconv.AppendInt(b, int64(v.num), 10), true
	case Float:
		b = append(b, "json('"...)
		b = strconv.AppendFloat(b, math.Float64frombits(v.num), 'g', -1, 64)
		return append(b, "')"...), true
	case String:
		b = append(b, '\'')
		b = append(b, strings.ReplaceAll(v.text, "'", "''")...)
		return append(b, '\''), true
	case Array:
		if v.Open {
			return b, false
		}
		return appendCanonCall(b, "createArray", v.elems)
	case Object:
		if v.Open {
			return b, false
		}
		args := make([]Value, 0, 2*len(v.fields))
		for _, f := range v.fields {
			args = append(args, OfString(f.Name), f.Value)
		}
		return appendCanonCall(b, "createObject", args)
	}
	return append(b, "null()"...), true
}

// groupID is how an expression spells out the id of the resource group, again and again.
var groupID = strings.NewReplacer(
	"format('/subscriptions/{0}/resourceGroups/{1}', subscription().subscriptionId, resourceGroup().name)",
	"resourceGroup().id",
)

// Readable shortens a canonical expression for people, to about limit bytes.
func Readable(sym string, limit int) string {
	sym = groupID.Replace(sym)
	if len(sym) <= limit {
		return sym
	}
	return strings.ToValidUTF8(sym[:limit], "") + "…"
}

// Outline shortens a canonical expression for people more than Readable does: of a long call only the function is left.
func Outline(sym string, limit int) string {
	sym = groupID.Replace(sym)
	open := strings.IndexByte(sym, '(')
	end := closing(sym, open)
	if len(sym) <= limit || end < 0 || len(sym)-end+open > limit {
		return Readable(sym, limit)
	}
	return sym[:open] + "(…" + sym[end:]
}

// closing is where the parenthesis at open is closed; -1 if it is not.
func closing(sym string, open int) int {
	depth, quoted := 0, false
	for i := max(open, 0); i < len(sym) && open >= 0; i++ {
		switch c := sym[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
