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

// formats of a report.
var formats = []string{"text", "json", "sarif"}

func write(w io.Writer, format string, res *diag.Result, o report.Options) error {
	switch format {
	case "json":
		return report.JSON(w, res, o)
	case "sarif":
		return report.SARIF(w, res, o)
	}
	return report.Text(w, res, o)
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
