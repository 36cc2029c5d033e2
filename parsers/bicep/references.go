package bicep

// References returns what a file calls, imports from or extends, as written, in source order.
func References(f *File) []string {
	var refs []string
	for _, st := range f.Statements {
		switch st := st.(type) {
		case *ModuleDecl:
			refs = append(refs, literal(st.Path))
		case *ImportDecl:
			refs = append(refs, literal(st.From))
		case *ExtendsDecl:
			refs = append(refs, literal(st.Path))
		}
	}
	return refs
}

// ParameterNames returns the names of the parameters that a file declares.
func ParameterNames(f *File) []string {
	var names []string
	for _, st := range f.Statements {
		if p, ok := st.(*ParamDecl); ok {
			names = append(names, p.Name.Name)
		}
	}
	return names
}
