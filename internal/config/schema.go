package config

import (
	"bytes"
	"encoding/json"

	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// object is a piece of JSON schema.
type object = map[string]any

// Schema is the JSON schema of the file, for editors.
func Schema(rules []*rule.Rule) ([]byte, error) {
	texts := func(about string) object {
		return object{"description": about, "type": "array", "items": object{"type": "string"}}
	}
	doc := object{
		"$schema":              "https://json-schema.org/draft/2020-12/schema",
		"$id":                  "https://github.com/cosmoslint/cosmoslint/blob/main/docs/config.schema.json",
		"title":                "cosmoslint configuration",
		"description":          "The file .cosmoslint.yaml. Globs and paths are relative to its folder.",
		"type":                 "object",
		"additionalProperties": false,
		"properties": object{
			"rules":          settingsSchema(rules, true),
			"fail-on":        enum("The least severity that makes the exit code 1.", failOns),
			"severity":       enum("The least severity that is reported.", severities),
			"require-reason": object{"description": "Suppressions without a reason have no effect.", "type": "boolean"},
			"baseline":       object{"description": "The file of findings that were accepted before.", "type": "string"},
			"scope":          enum("What the rules on the network and the applications around accounts judge: what is tied to an account, or everything.", scopes),
			"exclude":        texts("Globs of files and folders that are not looked at."),
			"parameters": object{
				"description":          "The parameter files of the templates that a glob matches; an empty list means the defaults.",
				"type":                 "object",
				"additionalProperties": texts("Paths of parameter files."),
			},
			"bicep-cache": object{"description": "off, or the folder to which registry modules are restored.", "type": "string"},
			"overrides": object{
				"description": "What holds for findings in some files. Later ones win.",
				"type":        "array",
				"items": object{
					"type": "object", "additionalProperties": false, "required": []string{"paths", "rules"},
					"properties": object{"paths": texts("Globs of files."), "rules": settingsSchema(rules, false)},
				},
			},
		},
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(doc)
	return out.Bytes(), err
}

func enum(about string, words []string) object {
	return object{"description": about, "enum": words}
}

// settingsSchema lists every id, name and category, so that editors offer them.
func settingsSchema(rules []*rule.Rule, thresholds bool) object {
	members := object{"all": setting("All rules.", false)}
	for _, r := range rules {
		details := thresholds && r.ID == ranged
		members[r.ID] = setting(r.Title, details)
		members[r.Name] = setting(r.Title, details)
		members[string(r.Category)] = setting("The rules of the category.", false)
	}
	return object{
		"description":          "What is on, and how severe it is, by id, name or category. The most specific one wins.",
		"type":                 "object",
		"additionalProperties": false,
		"properties":           members,
	}
}

func setting(about string, thresholds bool) object {
	words := object{"enum": append([]any{true, false}, anys(levels)...)}
	members := object{"severity": words}
	if thresholds {
		members["max-range"] = object{"description": "Addresses in one range.", "type": "integer", "minimum": 1}
		members["max-total"] = object{"description": "Addresses in all ranges together.", "type": "integer", "minimum": 1}
	}
	long := object{"type": "object", "additionalProperties": false, "properties": members}
	return object{"description": about, "anyOf": []any{words, long}}
}

func anys(words []string) []any {
	out := make([]any, len(words))
	for i, w := range words {
		out[i] = w
	}
	return out
}
