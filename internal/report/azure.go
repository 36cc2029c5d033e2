package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// Azure writes logging commands of Azure Pipelines. It knows errors and warnings: notes are warnings.
// (learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands: logissue, and the escapes of its properties.)
func Azure(w io.Writer, res *diag.Result, o Options) error {
	o.Path = nil
	b := bufio.NewWriter(w)
	for _, e := range o.entries(res) {
		if e.problem && e.severity == diag.Note {
			continue
		}
		kind := "warning"
		if e.severity == diag.Error {
			kind = "error"
		}
		properties := "type=" + kind
		if e.file != "" {
			properties += fmt.Sprintf(";sourcepath=%s;linenumber=%d;columnnumber=%d", azureProperty.Replace(Terminal(e.file)), e.place.StartLine, e.place.StartColumn)
		}
		fmt.Fprintf(b, "##vso[task.logissue %s;code=%s]%s\n", properties, azureProperty.Replace(e.code),
			azureData.Replace(strings.TrimSpace(e.name+": "+e.message)))
	}
	return b.Flush()
}

var (
	azureData     = strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A")
	azureProperty = strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A", "]", "%5D", ";", "%3B")
)
