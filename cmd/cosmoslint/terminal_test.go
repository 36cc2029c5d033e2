package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A run that takes longer than a second shows how far it is, and leaves nothing behind.
func TestProgress(t *testing.T) {
	for _, tc := range []struct {
		name string
		run  time.Duration
		want string
	}{
		{"quick run", progressAfter / 2, ""},
		{"long run", progressAfter + progressAfter/10, "\r\x1b[Kcosmoslint: 3 of 7 deployments\r\x1b[K"},
		{"longer run", progressAfter + 2*progressAfter/5 - 1,
			strings.Repeat("\r\x1b[Kcosmoslint: 3 of 7 deployments", 2) + "\r\x1b[K"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				p := &progress{stop: make(chan struct{})}
				p.total.Store(7)
				p.done.Store(3)
				p.gone.Go(func() { p.draw(&out, progressAfter) })
				time.Sleep(tc.run)
				close(p.stop)
				p.gone.Wait()
				if out.String() != tc.want {
					t.Errorf("got %q, want %q", out.String(), tc.want)
				}
			})
		})
	}
}

func TestColored(t *testing.T) {
	for _, tc := range []struct {
		name string
		flag string
		env  map[string]string
		tty  bool
		want bool
	}{
		{"pipe", "auto", nil, false, false},
		{"terminal", "auto", nil, true, true},
		{"flag says always", "always", map[string]string{"NO_COLOR": "1"}, false, true},
		{"flag says never", "never", map[string]string{"FORCE_COLOR": "1"}, true, false},
		{"NO_COLOR", "auto", map[string]string{"NO_COLOR": "1"}, true, false},
		{"empty NO_COLOR", "auto", map[string]string{"NO_COLOR": ""}, true, true},
		{"FORCE_COLOR", "auto", map[string]string{"FORCE_COLOR": "1"}, false, true},
		{"FORCE_COLOR=0", "auto", map[string]string{"FORCE_COLOR": "0"}, false, false},
		{"CLICOLOR_FORCE", "auto", map[string]string{"CLICOLOR_FORCE": "1"}, false, true},
		{"NO_COLOR outweighs FORCE_COLOR", "auto", map[string]string{"NO_COLOR": "1", "FORCE_COLOR": "1"}, true, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := &app{color: tc.flag, getenv: func(name string) string { return tc.env[name] }}
			if got := a.colored(tc.tty); got != tc.want {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
}

// Nothing but what says how to draw is read from the environment.
func TestEnvironment(t *testing.T) {
	asked := map[string]bool{}
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	a := &app{stdout: out, stderr: out, getenv: func(name string) string { asked[name] = true; return "" }}
	if code := a.run([]string{"--root", t.TempDir(), t.TempDir()}); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	a.run([]string{"rules"})
	a.run([]string{"explain", "CDB101"})
	for name := range asked {
		switch name {
		case "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM":
		default:
			t.Errorf("%s is read", name)
		}
	}
}
