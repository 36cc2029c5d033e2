package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestWritesData(t *testing.T) {
	const containers = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/"
	for _, c := range []struct {
		action value.Value
		want   value.Truth
	}{
		{value.OfString("*"), value.True},
		{value.OfString(containers + "items/*"), value.True},
		{value.OfString("MICROSOFT.documentdb/*/CREATE"), value.True},
		{value.OfString("Microsoft.*/items/*te"), value.True},
		{value.OfString(containers + "items/delete"), value.True},
		{value.OfString(containers + "*"), value.True},
		{value.OfString(containers + "items/read"), value.False},
		{value.OfString(containers + "items/delete/all"), value.False},
		{value.OfString(containers + "items"), value.False},
		{value.OfString("Microsoft.DocumentDB/databaseAccounts/readMetadata"), value.False},
		{value.OfString("Microsoft.DocumentDB/*/read"), value.False},
		{value.OfString(""), value.False},
		{value.NewUnknown("parameters('action')"), value.Undecided},
		{value.OfInt(1), value.Undecided},
	} {
		if got := WritesData(c.action); got != c.want {
			t.Errorf("WritesData(%s) = %s, want %s", value.Canon(c.action), got, c.want)
		}
	}
}
