package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// CSV writes a table for spreadsheets, in the form of RFC 4180 with LF. No cell is a formula.
func CSV(w io.Writer, res *diag.Result, o Options) error {
	c := csv.NewWriter(w)
	_ = c.Write([]string{"kind", "rule", "name", "severity", "file", "line", "column", "resource", "message", "fingerprint", "url"})
	for _, e := range o.entries(res) {
		kind, row, column := "finding", "", ""
		if e.problem {
			kind = "diagnostic"
		}
		if e.file != "" {
			row, column = strconv.Itoa(e.place.StartLine), strconv.Itoa(e.place.StartColumn)
		}
		cells := []string{kind, e.code, e.name, e.severity.String(), e.file, row, column, e.resource, e.message, e.fingerprint, e.url}
		for i := range cells {
			cells[i] = csvCell(cells[i])
		}
		_ = c.Write(cells)
	}
	c.Flush()
	return c.Error()
}

// csvCell keeps a spreadsheet from taking text for a formula (owasp.org/www-community/attacks/CSV_Injection), and a build
// log that prints the file from taking it for a command.
func csvCell(s string) string {
	s = line(Terminal(s))
	if t := strings.TrimLeft(s, " "); t != "" && strings.IndexByte("=+-@", t[0]) >= 0 {
		return "'" + s
	}
	return s
}
