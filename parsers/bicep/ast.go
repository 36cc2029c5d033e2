// Package bicep reads Bicep files and Bicep parameter files.
//
// This half is syntax: Parse turns a file into a tree that keeps the operators, the order and the places of the
// source. It accepts the whole language at its version 0.46, with the syntax of all experimental features.
package bicep

import (
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Range is a half-open range of byte offsets. Nodes hold this instead of a source.Span, which is three times its size.
type Range struct{ Start, End int32 }

// Where returns the range itself: it makes a Node of everything that embeds a Range.
func (r Range) Where() Range { return r }

// Node is any part of the tree. The range of a node contains those of the nodes below it.
type Node interface{ Where() Range }

// File is a parsed .bicep or .bicepparam file.
type File struct {
	Source *source.File
	// Parameters is set for a .bicepparam file, whose statements are of other kinds.
	Parameters bool
	Statements []Stmt
	Comments   []Range // each with its delimiters, without the line end
	Directives []Directive
	// Incomplete is set when some of the file could not be parsed, so that nothing can be said to be absent from it.
	Incomplete bool
}

// Span returns the place of a node in the source.
func (f *File) Span(n Node) source.Span {
	r := n.Where()
	return source.Span{File: f.Source, Start: int(r.Start), End: int(r.End)}
}

// DirectiveKind is what a #directive asks for.
type DirectiveKind uint8

const (
	DisableNextLine DirectiveKind = iota
	DisableDiagnostics
	RestoreDiagnostics
)

var directiveWords = [...]string{
	DisableNextLine:    "disable-next-line",
	DisableDiagnostics: "disable-diagnostics",
	RestoreDiagnostics: "restore-diagnostics",
}

// Directive is a line such as "#disable-next-line BCP037 no-unused-params".
type Directive struct {
	Range // from the # to the last code
	Kind  DirectiveKind
	Codes []Ident
}

// Ident is a name with its place. A name that is not there is empty.
type Ident struct {
	Range
	Name string
}

// Stmt is a statement. Its kinds are listed below.
type Stmt interface {
	Node
	Header() *Decl
	stmt()
}

// Decl is what all statements have in common.
type Decl struct {
	Range      // from the first decorator to the end of the statement
	Decorators []Decorator
	Keyword    Range
	Name       Ident // empty for statements that declare nothing
	// Broken is set when the statement did not parse to the end of its line. What was cut short is Bad, BadType, or an
	// Object that is Partial; the name may be empty; a value may be only the beginning of the one that was meant.
	Broken bool
}

// Header returns the common part of a statement.
func (d *Decl) Header() *Decl { return d }
func (d *Decl) stmt()         {}

// Decorator is "@name", "@name(args)" or "@namespace.name(args)" before a statement, a type property or a tuple item.
type Decorator struct {
	Range
	Expr Expr // a Ref, a Call, or an Access; Bad after a failure
}

// The statements of both kinds of file.
type (
	// BadDecl stands for lines that are no statement, or one that ends nobody knows where.
	BadDecl struct{ Decl }

	VarDecl struct {
		Decl
		Type  Type // nil where none is given
		Value Expr
	}
	TypeDecl struct {
		Decl
		Type Type
	}
	// ImportDecl imports either the listed symbols, or all of them under the Name.
	ImportDecl struct {
		Decl
		Symbols []ImportedSymbol
		From    Expr
	}
	// ExtensionDecl's Name is its alias.
	ExtensionDecl struct {
		Decl
		Spec   Expr // a Ref or a String
		Config *Object
	}
)

// ImportedSymbol is one entry of an import list. Alias is empty where none is given.
type ImportedSymbol struct {
	Range
	Original Key
	Alias    Ident
}

// The statements of a .bicep file.
type (
	TargetScopeDecl struct {
		Decl
		Value Expr
	}
	MetadataDecl struct {
		Decl
		Value Expr
	}
	ParamDecl struct {
		Decl
		Type    Type
		Default Expr // nil where none is given
	}
	FuncDecl struct {
		Decl
		Params []FuncParam
		Result Type
		Body   Expr
	}
	OutputDecl struct {
		Decl
		Type  Type
		Value Expr
	}
	// ResourceDecl is a resource at the top level, or a child as an Item of its parent's body.
	ResourceDecl struct {
		Decl
		Type     Expr // 'type@version' as a String; a child's type may be short
		Existing bool
		Body     Expr // an Object, If or For; the body of a For is an Object or If
	}
	ModuleDecl struct {
		Decl
		Path Expr // a String
		Body Expr // as a ResourceDecl's
	}
	TestDecl struct {
		Decl
		Path Expr
		Body Expr // an Object
	}
	AssertDecl struct {
		Decl
		Value Expr
	}
)

// FuncParam is a parameter of a user-defined function.
type FuncParam struct {
	Range
	Name Ident
	Type Type
}

// The statements of a .bicepparam file.
type (
	// UsingDecl's Path is a String, or a Ref to "none".
	UsingDecl struct {
		Decl
		Path   Expr
		Config *Object
	}
	ExtendsDecl struct {
		Decl
		Path Expr
	}
	// ParamAssign gives a parameter its value.
	ParamAssign struct {
		Decl
		Value Expr
	}
	// ExtensionConfigDecl's Name is the alias of the extension.
	ExtensionConfigDecl struct {
		Decl
		Config *Object
	}
)

// Expr is an expression. Its kinds are listed below.
type Expr interface {
	Node
	expr()
}

// The literals.
type (
	// Bad stands for what could not be parsed. Its value is unknown.
	Bad  struct{ Range }
	Null struct{ Range }
	Bool struct {
		Range
		Value bool
	}
	// Int has no sign: that is a Unary around it.
	Int struct {
		Range
		Value uint64
	}
	// String alternates text and holes as its source does. Empty text is left out, so '' has no parts.
	String struct {
		Range
		Parts []Part
	}
	Array struct {
		Range
		Items []Expr // Spread among them
	}
	Object struct {
		Range
		Items []Item // in source order
		// Partial is set when some items could not be parsed.
		Partial bool
	}
)

// Part is a piece of a string: decoded text, or a hole.
type Part struct {
	Range // of the text between delimiters, or of a hole with its delimiters
	Text  string
	Hole  Expr // nil for text
}

// Literal returns the value of a string without holes.
func (s *String) Literal() (string, bool) {
	switch {
	case len(s.Parts) == 0:
		return "", true
	case len(s.Parts) == 1 && s.Parts[0].Hole == nil:
		return s.Parts[0].Text, true
	}
	return "", false
}

// Item is an entry of an object: a Property, a Spread or, at the top of a resource's body, a ResourceDecl.
type Item interface {
	Node
	item()
}

// Property is "key: value".
type Property struct {
	Range
	Key   Key
	Value Expr
}

// Key is the name of a property or of an imported symbol.
type Key struct {
	Range
	Name   string // when it is known: an identifier, or a string without holes
	String Expr   // a String; nil for an identifier
}

// Spread is "...value" in an object or an array.
type Spread struct {
	Range
	Value Expr
}

func (*Property) item()     {}
func (*Spread) item()       {}
func (*ResourceDecl) item() {}

// The other expressions.
type (
	// Ref is a name by itself.
	Ref  struct{ Ident }
	Call struct {
		Range
		Target Expr // nil for a function by itself
		Name   Ident
		Args   []Expr
	}
	// Access is ".name", or ".?name" when Safe.
	Access struct {
		Range
		Target Expr
		Name   Ident
		Safe   bool
	}
	// Index is "[index]", with a ? when Safe and a ^ when FromEnd.
	Index struct {
		Range
		Target, Index Expr
		Safe, FromEnd bool
	}
	// NestedAccess is "::name": a child of a resource.
	NestedAccess struct {
		Range
		Target Expr
		Name   Ident
	}
	// NonNull is "!" behind an expression. It does not end a chain of safe accesses.
	NonNull struct {
		Range
		Operand Expr
	}
	// Unary has the Op "-" or "!".
	Unary struct {
		Range
		Op      string
		Operand Expr
	}
	Binary struct {
		Range
		Op          string // as in the source
		Left, Right Expr
	}
	Ternary struct {
		Range
		Cond, Then, Else Expr
	}
	// Paren is kept because it ends a chain of safe accesses.
	Paren struct {
		Range
		Inner Expr
	}
	Lambda struct {
		Range
		Params []Ident
		Body   Expr
	}
	// For is "[for item in list: body]" or "[for (item, index) in list: body]".
	For struct {
		Range
		Item  Ident
		Index Ident // empty where none is given
		List  Expr
		Body  Expr
	}
	// If is "if (condition) { … }" as the body of a resource or module.
	If struct {
		Range
		Cond Expr
		Body Expr // an Object
	}
)

func (*Bad) expr()          {}
func (*Null) expr()         {}
func (*Bool) expr()         {}
func (*Int) expr()          {}
func (*String) expr()       {}
func (*Array) expr()        {}
func (*Object) expr()       {}
func (*Spread) expr()       {}
func (*Ref) expr()          {}
func (*Call) expr()         {}
func (*Access) expr()       {}
func (*Index) expr()        {}
func (*NestedAccess) expr() {}
func (*NonNull) expr()      {}
func (*Unary) expr()        {}
func (*Binary) expr()       {}
func (*Ternary) expr()      {}
func (*Paren) expr()        {}
func (*Lambda) expr()       {}
func (*For) expr()          {}
func (*If) expr()           {}
