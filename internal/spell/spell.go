// Package spell finds the word that a mistyped one was meant to be.
package spell

import "strings"

// longest is the length of a word above which nothing is suggested: it may be anything.
const longest = 64

// Suggest returns the word most like a mistyped one, or "".
func Suggest(word string, words []string) string {
	if len(word) > longest {
		return ""
	}
	best, least := "", max(2, len(word)/3)+1
	for _, w := range words {
		if d := distance(strings.ToLower(word), strings.ToLower(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// DidYouMean is the end of a message that suggests a word, or "".
func DidYouMean(word string, words []string) string {
	if s := Suggest(word, words); s != "" {
		return "; did you mean " + s + "?"
	}
	return ""
}

// distance is the number of letters to insert, delete or replace to get from a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0]++
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
