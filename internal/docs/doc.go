// Package docs derives the documentation of the rules from the rules themselves and from their tests: the pages in
// docs/rules, and the table in README.md. Its tests fail when a page has drifted; run with -update they write it.
package docs
