package cosmos

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Literal is a secret of Cosmos DB that is written out in a text.
type Literal struct {
	Kind string // "account key", "connection string", "token"
	Name string // what it is called there: a parameter, a setting; "" when that cannot be told
	Span source.Span
}

// Literals finds the secrets in a file, whatever its language, in their order: keys of accounts by their shape and by what
// stands around them, connection strings with a password, and resource tokens. The key of the emulator is none: it is the
// same for everybody and published (https://learn.microsoft.com/azure/cosmos-db/emulator#authentication).
func Literals(f *source.File) []Literal {
	var found []Literal
	for _, at := range keysIn(f.Data) {
		if kind := judgeKey(f.Data, at); kind != "" {
			found = append(found, Literal{Kind: kind, Span: f.At(at.start, at.end-at.start)})
		}
	}
	for _, form := range []struct {
		word, mark, kind string // the word before the mark spares nearly all files the expression
		form             *regexp.Regexp
	}{{"mongodb", "", "connection string", mongoURI}, {"sig", "=", "token", resourceToken}, {"sig", "%3", "token", resourceToken}} {
		if !contains(f.Data, form.word, form.mark) {
			continue
		}
		for _, m := range form.form.FindAllSubmatchIndex(f.Data, -1) {
			span := f.At(m[2], m[3]-m[2])
			if !isPlaceholder(span.Text()) && !slices.ContainsFunc(found, func(l Literal) bool { return l.Span.Start < span.End && span.Start < l.Span.End }) {
				found = append(found, Literal{Kind: form.kind, Span: span})
			}
		}
	}
	slices.SortFunc(found, func(a, b Literal) int { return source.Compare(a.Span, b.Span) })
	for i := range found {
		found[i].Name = nameOf(f.Data, found[i].Span.Start)
	}
	return found
}

// contains reports whether word and then mark stand in text. Marks are rare, and quicker to find than words.
func contains(text []byte, word, mark string) bool {
	if mark == "" {
		return bytes.Contains(text, []byte(word))
	}
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(mark))
		if i < 0 {
			return false
		}
		if bytes.HasSuffix(text[:from+i], []byte(word)) {
			return true
		}
		from += i + len(mark)
	}
}

// mongoURI is a connection string of an account or cluster that speaks MongoDB's protocol, with its password.
var mongoURI = regexp.MustCompile(`mongodb(?:\+srv)?://[^:@/\s"'<>{}$]+:([^@/\s"'<>{}$\[\](),]{8,})@[\w.-]+\.(?:mongo|mongocluster)\.cosmos\.azure\.(?:com|us|cn)`)

// resourceToken is the form of a token that the service gives out for a user's permission, and of one that is signed with
// a key (https://learn.microsoft.com/rest/api/cosmos-db/access-control-on-cosmosdb-resources).
var resourceToken = regexp.MustCompile(`(?i)\btype(?:=|%3d)(?:resource|master|sas)(?:&|%26|\\u0026)ver(?:=|%3d)[0-9.]+(?:&|%26|\\u0026)sig(?:=|%3d)([A-Za-z0-9+/%=_-]{24,})`)

// placeholderWords are passwords that stand for one.
var placeholderWords = []string{"password", "passwort", "changeme", "replaceme", "yourpassword", "your-password", "your_password", "primarykey", "accountkey"}

func isPlaceholder(s string) bool {
	return slices.Contains(placeholderWords, strings.ToLower(s)) || variety(s) < 4 ||
		strings.Contains(s, "%s") || strings.Contains(s, "__") || strings.Contains(s, "#")
}

// variety counts how many different bytes are in s.
func variety(s string) int {
	var seen [256]bool
	n := 0
	for i := range len(s) {
		if !seen[s[i]] {
			seen[s[i]] = true
			n++
		}
	}
	return n
}

// nearby is how far from a key something may stand that tells what it is the key of: Microsoft's own definition of this
// type of sensitive information looks at 300 characters
// (https://learn.microsoft.com/purview/sit-defn-azure-document-db-auth-key).
const nearby = 300

// What tells that a key of this shape is one of Cosmos DB, or of another service: keys of storage and batch accounts, and
// SHA-512 digests, look the same.
var (
	ofCosmos = []string{"documents.azure.", ".cosmos.azure.", "cosmos", "documentdb", "docdb", "masterkey"}
	ofOthers = []string{
		"endpointsuffix", "blob.core", "sharedaccesskey", "sha512", "integrity", "storage", "batch", "queueendpoint", "fileendpoint",
	}
)

// emulatorKey is published.
const emulatorKey = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw"

// judgeKey tells what is at a place that has the shape of a key; "" when it is none of Cosmos DB, or nothing says so.
func judgeKey(text []byte, at keyPlace) string {
	literal := strings.ToLower(string(literalAround(text, at)))
	kind := "account key"
	if strings.Contains(literal, "accountkey=") || strings.Contains(literal, "://") {
		kind = "connection string"
	}
	switch {
	case at.key == emulatorKey, variety(at.key) < 20, at.key[:43] == at.key[43:]:
		return ""
	// The signature of a key that the service made since 2022 (AzureCosmosDBIdentifiableKey in
	// https://github.com/microsoft/security-utilities): ACDb before the last six characters. Storage has +ASt, Batch +ABa,
	// Machine Learning +AMC there.
	case at.key[76:80] == "ACDb":
		return kind
	case slices.Contains([]string{"+ASt", "+ABa", "+AMC"}, at.key[76:80]):
		return ""
	}
	line, near := before(text, at.start)
	for _, context := range []string{literal, line, near} {
		switch cosmos, other := mentions(context, ofCosmos), mentions(context, ofOthers); {
		case cosmos && !other:
			return kind
		case other:
			return ""
		}
	}
	return ""
}

func mentions(context string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(context, w) })
}

// literalAround is the string that a key stands in, as far as its line goes, without the key.
func literalAround(text []byte, at keyPlace) []byte {
	start, end := at.start, at.end
	for start > 0 && at.start-start < nearby && !bytes.ContainsRune([]byte("\"'`\n"), rune(text[start-1])) {
		start--
	}
	for end < len(text) && end-at.end < nearby && !bytes.ContainsRune([]byte("\"'`\n"), rune(text[end])) {
		end++
	}
	return append(slices.Clone(text[start:at.start]), text[at.end:end]...)
}

// before is what stands before an offset on its line, and what stands on the two lines before that: in lower case.
func before(text []byte, offset int) (line, near string) {
	window := string(text[max(0, offset-nearby):offset])
	i := strings.LastIndexByte(window, '\n')
	line, near = strings.ToLower(window[i+1:]), strings.ToLower(window[:i+1])
	lines := strings.SplitAfter(near, "\n")
	return line, strings.Join(lines[max(0, len(lines)-3):], "")
}

// names of members that hold the value of something which has its name elsewhere.
var anonymous = []string{"value", "defaultvalue", "default", "securevalue", "secretvalue"}

var (
	memberName = regexp.MustCompile(`["']?([\w.:-]+)["']?(?:\s+(?:string|object))?\s*[:=]\s*["'\[]?[^"']*$`)
	objectName = regexp.MustCompile(`["']?([\w.:-]+)["']?\s*[:=]?\s*\{[^{}]*$`)
	givenName  = regexp.MustCompile(`(?i)["']?\bname["']?\s*[:=]\s*["']([^"']+)["'][^{}]*$`)
)

// nameOf is what the value at an offset is called: the member or variable on its line, or what the object around it is.
func nameOf(text []byte, offset int) string {
	window := string(text[max(0, offset-nearby):offset])
	line := window[strings.LastIndexByte(window, '\n')+1:]
	m := memberName.FindStringSubmatch(line)
	if m != nil && !slices.Contains(anonymous, strings.ToLower(m[1])) {
		return m[1]
	}
	for _, form := range []*regexp.Regexp{givenName, objectName} {
		if m := form.FindStringSubmatch(window); m != nil {
			return m[1]
		}
	}
	return ""
}
