package main

import (
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// unreleased is the version of a build that does not know its own.
const unreleased = "0.1.0-dev"

// version is that of the module when a release of it was built, without a leading "v". What go makes up for a checkout
// is not one.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || !strings.HasPrefix(info.Main.Version, "v") || strings.HasPrefix(info.Main.Version, "v0.0.0-") {
		return unreleased
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}

func versionLine() string {
	return "cosmoslint " + version() + " (" + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH + ")\n"
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := a.stdout.WriteString(versionLine())
			return err
		},
	}
}
