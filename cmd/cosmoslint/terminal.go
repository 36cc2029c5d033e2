package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"github.com/cosmoslint/cosmoslint/internal/report"
)

// screen adds to o what standard output can show.
func (a *app) screen(o *report.Options) {
	tty := a.isTerminal(a.stdout)
	o.Color = a.colored(tty)
	o.Hyperlinks = o.Color && tty
	if tty {
		o.Width, _, _ = term.GetSize(int(a.stdout.Fd()))
	}
}

// colored decides about colour: the flag, then NO_COLOR, then what forces it, then the terminal.
func (a *app) colored(tty bool) bool {
	switch {
	case a.color != "auto":
		return a.color == "always"
	case a.getenv("NO_COLOR") != "":
		return false
	case forced(a.getenv("FORCE_COLOR")), forced(a.getenv("CLICOLOR_FORCE")):
		return true
	}
	return tty
}

func forced(v string) bool { return v != "" && v != "0" && v != "false" }

func (a *app) isTerminal(f *os.File) bool {
	return a.getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

// progressAfter is how long a run may take before it shows how far it is.
const progressAfter = time.Second

// progress is a line on a terminal that says how far a run is.
type progress struct {
	done, total atomic.Int64
	stop        chan struct{}
	gone        sync.WaitGroup
}

// showProgress starts a progress line when somebody is there to see it. The function it returns is nil otherwise.
func (a *app) showProgress(quiet bool) func(done, total int) {
	if quiet || !a.isTerminal(a.stderr) {
		return nil
	}
	p := &progress{stop: make(chan struct{})}
	a.mu.Lock()
	a.progress = p
	a.mu.Unlock()
	p.gone.Go(func() { p.draw(a.stderr, progressAfter) })
	return func(done, total int) {
		p.total.Store(int64(total))
		p.done.Store(max(p.done.Load(), int64(done)))
	}
}

// hideProgress erases the line, if there is one.
func (a *app) hideProgress() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.progress != nil {
		close(a.progress.stop)
		a.progress.gone.Wait()
		a.progress = nil
	}
}

// draw shows the line after a while, renews it, and erases it in the end.
func (p *progress) draw(w io.Writer, after time.Duration) {
	wait := time.NewTimer(after)
	defer wait.Stop()
	for shown := false; ; {
		select {
		case <-p.stop:
			if shown {
				fmt.Fprint(w, "\r\x1b[K")
			}
			return
		case <-wait.C:
			shown = true
			fmt.Fprint(w, "\r\x1b[K"+p.line())
			wait.Reset(after / 5)
		}
	}
}

func (p *progress) line() string {
	if total := p.total.Load(); total > 0 {
		return fmt.Sprintf("cosmoslint: %d of %d deployments", p.done.Load(), total)
	}
	return "cosmoslint: looking for templates"
}
