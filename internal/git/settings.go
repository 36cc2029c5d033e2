package git

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// setting is one of git's, as "git -c" takes it.
type setting struct{ key, value string }

// harmless turns off what a repository's own configuration may have git run or read.
var harmless = []setting{
	{"core.fsmonitor", "false"},         // a program that knows what has changed
	{"core.hooksPath", os.DevNull},      // programs around a command
	{"core.sshCommand", "false"},        // the program for connections
	{"safe.bareRepository", "explicit"}, // a repository that lies in the tree as plain files
	{"submodule.recurse", "false"},      // other repositories
	{"diff.orderFile", os.DevNull},      // a file that would be read
}

// environment is that of this process without git's own variables, which may name another repository, another index or
// programs to run; a hook runs with several of them.
func environment(settings []setting) []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(strings.ToUpper(v), "GIT_") {
			env = append(env, v)
		}
	}
	env = append(env, "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
		// Objects that are missing from a partial clone would be fetched, by whatever its configuration says.
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none")
	all := append(harmless[:len(harmless):len(harmless)], settings...)
	env = append(env, fmt.Sprintf("GIT_CONFIG_COUNT=%d", len(all)))
	for i, s := range all {
		env = append(env, fmt.Sprintf("GIT_CONFIG_KEY_%d=%s", i, s.key), fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", i, s.value))
	}
	return env
}

// maxFilters bounds the settings that are turned off one by one.
const maxFilters = 1000

// disarm turns off the filters through which files of the working directory would be sent to compare them: they are
// programs, and have names that the repository chooses.
func (r *repository) disarm() error {
	names, err := r.output("config", "-z", "--name-only", "--get-regexp", `^filter\..*\.(clean|process|required)$`)
	if err != nil {
		return nil // there is none
	}
	list := bytes.Split(bytes.Trim(names, "\x00"), []byte{0})
	if len(list) > maxFilters {
		return fmt.Errorf("the repository configures more than %d filters", maxFilters)
	}
	for _, name := range list {
		off := ""
		if bytes.HasSuffix(name, []byte(".required")) {
			off = "false"
		}
		r.settings = append(r.settings, setting{string(name), off})
	}
	return nil
}
