package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// writeJSON writes v, indented. Account keys are masked, and inside of strings everything that a terminal or a build log
// would act on is written as an escape of JSON: the data are the same, the bytes are harmless.
func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	maskBytes(b.Bytes())
	_, err := w.Write(harmless(b.Bytes()))
	return err
}

// harmless escapes hidden characters and commands of build logs, which can only stand in strings of the JSON text src.
func harmless(src []byte) []byte {
	var dst []byte
	done := 0
	put := func(i, n int, format string, args ...any) {
		dst = fmt.Appendf(append(dst, src[done:i]...), format, args...)
		done = i + n
	}
	for i := 0; i < len(src); {
		c := src[i]
		if c < utf8.RuneSelf {
			switch {
			case c == 0x7F:
				put(i, 1, `\u007f`)
			case c == '#' && logCommand(string(src[max(i-1, 0):min(i+40, len(src))]), min(i, 1)):
				put(i, 1, `\u0023`)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(src[i:])
		switch {
		case !hidden(r, n):
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			put(i, n, `\u%04x\u%04x`, high, low)
		default:
			put(i, n, `\u%04x`, r)
		}
		i += n
	}
	if dst == nil {
		return src
	}
	return append(dst, src[done:]...)
}
