package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/report"
)

// writers of a report, by the name of the format.
var writers = map[string]func(io.Writer, *diag.Result, report.Options) error{
	"text": report.Text, "concise": report.Concise, "json": report.JSON, "jsonl": report.JSONLines, "sarif": report.SARIF,
	"github": report.GitHub, "gitlab": report.GitLab, "azure": report.Azure, "junit": report.JUnit,
	"checkstyle": report.Checkstyle, "markdown": report.Markdown, "csv": report.CSV,
}

// formats are the names, in the order in which they are shown.
var formats = []string{
	"text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "azure", "junit", "checkstyle", "markdown", "csv",
}

// forPeople are the formats that are read on the terminal, where everything else that there is to say is said as well.
func forPeople(format string) bool { return format == "text" || format == "concise" }

func write(w io.Writer, format string, res *diag.Result, o report.Options) error {
	return writers[format](w, res, o)
}

// toFile puts what write writes into a file, whole or not at all. A symbolic link is replaced, not followed: in a
// checkout of somebody else's branch it may lead anywhere.
func toFile(path string, write func(io.Writer) error) error {
	if f := openDevice(path); f != nil {
		defer f.Close()
		return write(f)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a directory", path)
	}
	temp := fmt.Sprintf("%s.%08x.tmp", path, rand.Uint32())
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	err = write(f)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		os.Remove(temp)
	}
	return err
}

// openDevice opens what must not be replaced by a file: a device, a pipe, /dev/stdout. For all else it returns nil.
func openDevice(path string) *os.File {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil
	}
	info, err := os.Lstat(path)
	special := err == nil && !info.Mode().IsRegular() && !info.IsDir() && info.Mode()&os.ModeSymlink == 0
	if !special && !strings.HasPrefix(abs, "/dev/") && !strings.HasPrefix(abs, "/proc/") {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil
	}
	return f
}
