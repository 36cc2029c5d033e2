package bicep

// Type is a type expression. Its kinds are listed below.
type Type interface {
	Node
	typ()
}

type (
	// BadType stands for what could not be parsed. It allows anything.
	BadType struct{ Range }
	// TypeRef is a name by itself: "string", or a type of the user.
	TypeRef struct{ Ident }
	// TypeLiteral has a String, Int, Bool or Null.
	TypeLiteral struct {
		Range
		Value Expr
	}
	// UnaryType is "-1" or "!true".
	UnaryType struct {
		Range
		Op      string
		Operand Type
	}
	ArrayType struct {
		Range
		Item Type
	}
	TupleType struct {
		Range
		Items []TupleItem
	}
	ObjectType struct {
		Range
		Properties []TypeProperty
	}
	UnionType struct {
		Range
		Members []Type
	}
	// NullableType is "T?".
	NullableType struct {
		Range
		Inner Type
	}
	// NonNullType is "T!".
	NonNullType struct {
		Range
		Inner Type
	}
	ParenType struct {
		Range
		Inner Type
	}
	// TypeMember is "T.name": a property's type, or a type of a namespace.
	TypeMember struct {
		Range
		Target Type
		Name   Ident
	}
	// TypeIndex is "T[0]": the type of a tuple's item.
	TypeIndex struct {
		Range
		Target Type
		Index  Expr
	}
	// TypeItems is "T[*]": the type of an array's items.
	TypeItems struct {
		Range
		Target Type
	}
	// TypeRest is "T.*": the type of an object's further properties.
	TypeRest struct {
		Range
		Target Type
	}
	// TypeCall is "name<args>", such as resourceInput<'type@version'>.
	TypeCall struct {
		Range
		Target Type // the namespace; nil for a name by itself
		Name   Ident
		Args   []Type
	}
	// ResourceType is "resource 'type@version'". An output may leave the string out.
	ResourceType struct {
		Range
		Name Expr // a String, or nil
	}
)

// TypeProperty is "key: type" or "*: type" in an object type.
type TypeProperty struct {
	Range
	Decorators []Decorator
	Key        Key
	Rest       bool // the key is *
	Type       Type
}

// TupleItem is an item of a tuple type.
type TupleItem struct {
	Range
	Decorators []Decorator
	Type       Type
}

func (*BadType) typ()      {}
func (*TypeRef) typ()      {}
func (*TypeLiteral) typ()  {}
func (*UnaryType) typ()    {}
func (*ArrayType) typ()    {}
func (*TupleType) typ()    {}
func (*ObjectType) typ()   {}
func (*UnionType) typ()    {}
func (*NullableType) typ() {}
func (*NonNullType) typ()  {}
func (*ParenType) typ()    {}
func (*TypeMember) typ()   {}
func (*TypeIndex) typ()    {}
func (*TypeItems) typ()    {}
func (*TypeRest) typ()     {}
func (*TypeCall) typ()     {}
func (*ResourceType) typ() {}
