package terraform

// inferMajor tells the major version of azurerm where neither a lock file nor a constraint does, by arguments that later
// ones do not have: a configuration is for the newest major that has all of its arguments.
func inferMajor(instances []*Instance) {
	newest := 0
	for _, in := range instances {
		if in.Data || in.Provider.Name != "azurerm" {
			continue
		}
		if in.Provider.Major != 0 {
			return
		}
		if s := schemas[in.Type]; s != nil {
			if m := lastMajor(s.args, in); m != 0 && (newest == 0 || m < newest) {
				newest = m
			}
		}
	}
	if newest == 0 {
		return
	}
	for _, in := range instances {
		if in.Provider.Name == "azurerm" {
			in.Provider.Major = newest
		}
	}
}

// lastMajor is the newest major that has all arguments of an instance which the table knows; 0 is the newest there is.
func lastMajor(args []arg, in *Instance) int {
	last := 0
	for _, f := range in.Config.Fields() {
		bound, found := 0, false
		for i := range args {
			if a := &args[i]; a.name == f.Name {
				bound, found = max(bound, a.until), found || a.until == 0
			}
		}
		if !found && bound > 1 && !f.Site.IsZero() && (last == 0 || bound < last) {
			last = bound
		}
	}
	return last
}
