package bicep

// operands calls visit with the expressions directly below x, in source order.
func operands(x Expr, visit func(Expr)) {
	all := func(list ...Expr) {
		for _, e := range list {
			if e != nil {
				visit(e)
			}
		}
	}
	switch x := x.(type) {
	case *String:
		for _, p := range x.Parts {
			all(p.Hole)
		}
	case *Array:
		all(x.Items...)
	case *Object:
		for _, item := range x.Items {
			itemOperands(item, all)
		}
	case *Spread:
		all(x.Value)
	case *Call:
		all(x.Target)
		all(x.Args...)
	case *Access:
		all(x.Target)
	case *Index:
		all(x.Target, x.Index)
	case *NestedAccess:
		all(x.Target)
	case *NonNull:
		all(x.Operand)
	case *Unary:
		all(x.Operand)
	case *Binary:
		all(x.Left, x.Right)
	case *Ternary:
		all(x.Cond, x.Then, x.Else)
	case *Paren:
		all(x.Inner)
	case *Lambda:
		all(x.Body)
	case *For:
		all(x.List, x.Body)
	case *If:
		all(x.Cond, x.Body)
	}
}

func itemOperands(item Item, visit func(...Expr)) {
	switch item := item.(type) {
	case *Property:
		visit(item.Key.String, item.Value)
	case *Spread:
		visit(item.Value)
	case *ResourceDecl:
		visit(item.Type, item.Body)
	}
}

// values are the expressions of a statement.
func values(st Stmt) []Expr {
	switch st := st.(type) {
	case *VarDecl:
		return []Expr{st.Value}
	case *ParamDecl:
		return []Expr{st.Default}
	case *FuncDecl:
		return []Expr{st.Body}
	case *OutputDecl:
		return []Expr{st.Value}
	case *ResourceDecl:
		return []Expr{st.Type, st.Body}
	case *ModuleDecl:
		return []Expr{st.Path, st.Body}
	case *ParamAssign:
		return []Expr{st.Value}
	case *AssertDecl:
		return []Expr{st.Value}
	}
	return nil
}
