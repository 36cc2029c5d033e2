// Command cosmoslint finds insecure Azure Cosmos DB in infrastructure code, before it is deployed.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/cosmoslint/cosmoslint/internal/report"
)

// Exit codes. What kept part of the input from being judged outweighs what was found.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailed   = 2
	exitSignal   = 128 // plus the number of the signal
)

func main() { os.Exit(start()) }

// start runs the program on the process's own streams.
func start() int {
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv}
	// A reader that goes away makes writes fail quietly instead of ending the process, so that the exit code stays true.
	signal.Ignore(syscall.SIGPIPE)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	go func() { os.Exit(a.interrupted(<-stop)) }()
	return a.run(os.Args[1:])
}

// app is one run of the program: its streams, and the exit code it has come to.
type app struct {
	stdout, stderr *os.File
	stdin          io.Reader
	getenv         func(string) string
	color          string // --color
	code           int
	mu             sync.Mutex // of progress
	progress       *progress
}

// usageError is an error that the help text helps with.
type usageError struct{ error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func (a *app) run(args []string) int {
	cmd := a.command()
	cmd.SetArgs(args)
	cmd.SetOut(a.stdout)
	cmd.SetErr(a.stderr)
	err := cmd.Execute()
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return a.code
	}
	for _, one := range each(err) {
		a.say("%v", one)
	}
	if errors.As(err, new(usageError)) {
		fmt.Fprintln(a.stderr, "Run 'cosmoslint --help' for usage.")
	}
	return exitFailed
}

// each takes errors that were joined apart.
func each(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// say writes one line to standard error. Whatever the input put into it is made safe.
func (a *app) say(format string, args ...any) {
	fmt.Fprintln(a.stderr, "cosmoslint: "+report.Terminal(fmt.Sprintf(format, args...)))
}

// fail says what kept part of the input from being judged; the run goes on.
func (a *app) fail(format string, args ...any) {
	a.say(format, args...)
	a.code = exitFailed
}

// interrupted cleans the terminal up and returns the exit code for a signal.
func (a *app) interrupted(s os.Signal) int {
	a.hideProgress()
	if n, ok := s.(syscall.Signal); ok {
		return exitSignal + int(n)
	}
	return exitFailed
}
