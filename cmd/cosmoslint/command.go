package main

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const longHelp = `cosmoslint finds insecure Azure Cosmos DB in infrastructure code, before it is deployed. It works out what a
template would deploy - parameters, parameter files, variables, conditions, loops, nested and linked templates - and
checks the accounts and the network around them.

Without a path it looks at the working directory. Nothing outside of the enclosing repository is ever read.

Exit codes: 0 nothing to complain of, 1 findings at or above --fail-on, 2 something could not be judged.`

const examples = `  cosmoslint                                     lint the working directory
  cosmoslint infra --fail-on error               fail on errors only
  cosmoslint --output sarif=cosmoslint.sarif     also write SARIF for code scanning
  cosmoslint main.json --parameters prod.json    lint with these parameters
  cosmoslint explain CDB101                      what a rule wants and why`

// command is the tree of commands. The root lints.
func (a *app) command() *cobra.Command {
	o := &checkOptions{}
	root := &cobra.Command{
		Use:           "cosmoslint [flags] [path...]",
		Short:         "Find insecure Azure Cosmos DB in infrastructure code",
		Long:          longHelp,
		Example:       examples,
		Version:       version(),
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, args []string) error { return a.check(cmd, args, o) },
	}
	root.SetVersionTemplate(versionLine())
	root.SetFlagErrorFunc(wrongFlag)
	root.SetUsageFunc(a.usageText)
	root.SetHelpCommand(a.helpCommand(root))
	colors := newChoice(&a.color, "auto", "auto", "always", "never")
	root.PersistentFlags().Var(colors, "color", "colour: auto, always or never; NO_COLOR and FORCE_COLOR are honoured")
	complete(root, "color", colors.allowed...)
	o.register(root)
	o.fixOptions.register(root)
	root.AddCommand(a.controlsCommand(), a.inspectCommand(), a.rulesCommand(), a.explainCommand(), a.configCommand(), a.versionCommand())
	return root
}

// wrongFlag says which flag was probably meant.
func wrongFlag(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return usageError{err}
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return usage("%w%s", err, didYouMean("--"+unknown.GetSpecifiedName(), names))
}

// complete offers words for the value of a flag.
func complete(cmd *cobra.Command, flag string, words ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}
