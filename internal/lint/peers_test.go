package lint_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/rules"
)

// tabled are the rules that the tables of this file are about. Others are not run, so that a new rule has no table to
// change.
var tabled = []string{
	"CDB101", "CDB102", "CDB103", "CDB104", "CDB105", "CDB106", "CDB107", "CDB109", "CDB110", "CDB111", "CDB112", "CDB113",
	"CDB114", "CDB115", "CDB116", "CDB121", "CDB122", "CDB123", "CDB124", "CDB125", "CDB201", "CDB202", "CDB209", "CDB404", "CDB407",
}

// TestPeers has one archive for each tool of the field with the situations on which it has an opinion, and ours. Where we
// disagree, docs/peers.md has to say why.
func TestPeers(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/peers/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	page, err := os.ReadFile("../../docs/peers.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range archives {
		peer := strings.TrimSuffix(filepath.Base(name), ".txtar")
		t.Run(peer, func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			testPeer(t, a, section(string(page), peer))
		})
	}
}

func testPeer(t *testing.T, a *txtar.Archive, page string) {
	files := map[string]string{}
	var cases []string
	for _, f := range a.Files {
		if f.Name == "cases" {
			cases = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
			continue
		}
		files[f.Name] = string(f.Data)
	}
	root := write(t, files)
	for _, m := range claimed.FindAllStringSubmatch(page, -1) {
		if !slices.ContainsFunc(cases, func(line string) bool { return disagreesOn(line, m) }) {
			t.Errorf("docs/peers.md says that they %s on %s and we %s, which no case is about", m[2], m[1], m[3])
		}
	}
	for _, line := range cases {
		fields := strings.Split(line, "|")
		name, ours := strings.TrimSpace(fields[0]), strings.TrimSpace(fields[3])
		ours, disagree := strings.CutSuffix(ours, "!")
		if diff := cmp.Diff(sorted(strings.Fields(ours)), opinion(t, root, name, ours)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if disagree && !strings.Contains(page, "`"+name+"`") {
			t.Errorf("%s: we disagree, and docs/peers.md does not say why", name)
		}
	}
}

// claimed are the first columns of a table of docs/peers.md: a case, what they say of it, and what we do.
var claimed = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (\\w+) \\| ([^|]+) \\|")

// disagreesOn reports whether a line of cases is about a row, and we disagree there with what they say.
func disagreesOn(line string, row []string) bool {
	fields := strings.Split(line, "|")
	name, theirs, ours := strings.TrimSpace(fields[0]), strings.TrimSpace(fields[2]), fields[3]
	says := row[3] != "undetermined" || strings.Contains(ours, "?")
	for _, id := range ruleID.FindAllString(row[3], -1) {
		says = says && strings.Contains(ours, " "+id)
	}
	return name == row[1] && strings.HasPrefix(theirs, row[2]) && says && strings.HasSuffix(line, "!")
}

var ruleID = regexp.MustCompile(`CDB\d+`)

// nobody are the rows of the last table of docs/peers.md: a rule, and a case in its archive.
var nobody = regexp.MustCompile("(?m)^\\| .* \\| (CDB\\d+) \\| `([^`]+)` \\|$")

// TestNobody finds the test of each thing that we alone ask, and no check of another tool that asks it.
func TestNobody(t *testing.T) {
	page, err := os.ReadFile("../../docs/peers.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := nobody.FindAllStringSubmatch(section(string(page), "What nobody else asks"), -1)
	if len(rows) < 15 {
		t.Errorf("%d rows", len(rows))
	}
	for _, row := range rows {
		id, name := row[1], row[2]
		archive, err := os.ReadFile(filepath.Join("../../rules/testdata", id+".txtar"))
		if err != nil || !strings.Contains(string(archive), "\n-- "+name+".") {
			t.Errorf("%s has no case %s", id, name)
		}
		for _, p := range rules.Peers {
			if p.Tool != "Azure Policy" && slices.Contains(strings.Fields(p.Rules), id) {
				t.Errorf("%s is what %s of %s asks, too", id, p.ID, p.Tool)
			}
		}
	}
}

// section is the part of a page under the heading that names a peer.
func section(page, peer string) string {
	_, after, _ := strings.Cut(page, "\n## "+peer+"\n")
	text, _, _ := strings.Cut(after, "\n## ")
	return text
}

// opinion is what we say of a path, with the tabled rules and those that are wanted: rules, with n after a note and ? before one that is undetermined; - is nothing.
func opinion(t *testing.T, root, path, wanted string) []string {
	t.Helper()
	res, err := lint.Run(lint.Config{Root: root, Paths: []string{path}, Rules: selected(wanted), Settings: rule.DefaultSettings})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range res.Findings {
		mark := ""
		if d.Severity == diag.Note {
			mark = "n"
		}
		got = append(got, d.Code+mark)
	}
	for _, d := range res.Undetermined {
		got = append(got, "?"+d.Code)
	}
	if res.Failed() {
		got = append(got, "failed")
	}
	if len(got) == 0 {
		return []string{"-"}
	}
	return slices.Compact(sorted(got))
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

func selected(wanted string) []*rule.Rule {
	var list []*rule.Rule
	for _, r := range rules.All {
		if slices.Contains(tabled, r.ID) || strings.Contains(wanted, r.ID) {
			list = append(list, r)
		}
	}
	return list
}

// peerCases are the files that peers test themselves with; they are not part of this project. The variable
// COSMOSLINT_PEERS names another directory.
const peerCases = "../../../shared/corpus/peer-cases"

// onPeerCases is what we say of each of these files in which there is an account.
var onPeerCases = map[string]string{
	restricted + "fail.json":  "CDB109n CDB209n ?CDB101 ?CDB112 ?CDB202", // the filter is on and no rule is listed
	restricted + "fail2.json": "CDB101 CDB209n ?CDB202",
	restricted + "fail3.json": "CDB101 CDB109 CDB209n ?CDB202",
	restricted + "fail4.json": "CDB101 CDB209n ?CDB202",
	restricted + "pass.json":  "CDB116n CDB209n CDB407 ?CDB202", // public access is off in a version that does not take it
	restricted + "pass2.json": "CDB110 CDB121 CDB209n ?CDB111 ?CDB202",
	restricted + "pass3.json": "CDB112 CDB121 CDB209n ?CDB111 ?CDB202",
	restricted + "pass4.json": "CDB121 CDB209n ?CDB111 ?CDB202",
	keyWrite + "PASSED.json":  "CDB101 CDB201 CDB407",
	keyWrite + "FAILED.json":  "CDB101 CDB201 CDB202",
	cmk + "fail.json":         "CDB101 CDB201 CDB202",
	cmk + "pass.json":         "CDB101 CDB201 CDB202",

	inline + "test_failure_public_access_default/main.tf":           "CDB109n CDB209n ?CDB101 ?CDB202",
	inline + "test_failure_public_access_vn_filter/main.tf":         "CDB101 CDB209n ?CDB202",
	inline + "test_failure_public_access_with_ip_range/main.tf":     "CDB121 CDB209n ?CDB202", // checkov fails it: addresses need no flag
	inline + "test_failure_vm_filter_false_with_vn_rule/main.tf":    "CDB101 CDB109 CDB209n ?CDB202",
	inline + "test_failure_vn_filter_false/main.tf":                 "CDB101 CDB209n ?CDB202",
	inline + "test_success_no_public_access/main.tf":                "CDB116n CDB209n ?CDB202",
	inline + "test_success_no_public_access_with_vn_filter/main.tf": "CDB116n CDB209n ?CDB110 ?CDB202",
	inline + "test_success_vm_filter_with_vm_rule/main.tf":          "CDB121 CDB209n ?CDB110 ?CDB111 ?CDB202",
	inline + "test_success_vn_filter_ip_range/main.tf":              "CDB121 CDB209n ?CDB202",
	inlineWrite + "test_failure/main.tf":                            "CDB101 CDB201 CDB202",
	inlineWrite + "test_success/main.tf":                            "CDB101 CDB201",
	cmkTerraform:                                                    "CDB101 CDB209n ?CDB202",
}

const (
	restricted = "checkov/tests/arm/checks/resource/example_CosmosDBAccountsRestrictedAccess/"
	keyWrite   = "checkov/tests/arm/checks/resource/example_CosmosDBDisableAccessKeyWrite/CosmosDBDisableAccessKeyWrite-"
	cmk        = "checkov/tests/arm/checks/resource/example_CosmosDBHaveCMK/"

	inline       = "checkov/inline/CosmosDBAccountsRestrictedAccess/"
	inlineWrite  = "checkov/inline/CosmosDBDisableAccessKeyWrite/"
	cmkTerraform = "checkov/tests/terraform/checks/resource/azure/example_CosmosDBHaveCMK/main.tf"
)

// TestPeerCases lints what peers test themselves with. Most of it is of other services, on which we have nothing to say; one
// Bicep file is broken on purpose.
func TestPeerCases(t *testing.T) {
	root := os.Getenv("COSMOSLINT_PEERS")
	if root == "" {
		root = peerCases
	}
	if _, err := os.Stat(root); err != nil {
		t.Skip("the peers' own cases are not here; COSMOSLINT_PEERS names a directory with them")
	}
	for name, want := range onPeerCases {
		if diff := cmp.Diff(sorted(strings.Fields(want)), opinion(t, root, name, want)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, want := range map[string]string{"template-analyzer": "failed", "azure-policy": "-", "terrascan": "-"} {
		if got := strings.Join(opinion(t, root, name, want), " "); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
