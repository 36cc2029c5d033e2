package main

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/rule"
)

func TestByteSize(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want int64 // 0: refused
		out  string
	}{
		{"16MB", 16 << 20, "16MB"},
		{"16m", 16 << 20, "16MB"},
		{"1MiB", 1 << 20, "1MB"},
		{"500KB", 500 << 10, "500KB"},
		{"1G", 1 << 30, "1GB"},
		{"1500", 1500, "1500"},
		{"1B", 1, "1"},
		{"", 0, ""},
		{"0", 0, ""},
		{"-1MB", 0, ""},
		{"1.5MB", 0, ""},
		{"MB", 0, ""},
		{"9999999999999GB", 0, ""},
		{"99999999999999999999", 0, ""},
	} {
		var s byteSize
		err := s.Set(tc.in)
		if (err != nil) != (tc.want == 0) || int64(s) != tc.want {
			t.Errorf("%q: got %d, %v", tc.in, s, err)
		}
		if err == nil && s.String() != tc.out {
			t.Errorf("%q: shown as %q, want %q", tc.in, s.String(), tc.out)
		}
	}
}

func TestPick(t *testing.T) {
	all := []*rule.Rule{
		{ID: "CDB101", Name: "open", Category: rule.Network},
		{ID: "CDB102", Name: "rare", Category: rule.Network, Off: true},
		{ID: "CDB201", Name: "keys", Category: rule.Identity},
	}
	for _, tc := range []struct {
		name             string
		include, exclude []string
		want             string // ids, "" for an error
	}{
		{"nothing said", nil, nil, "CDB101 CDB201 "},
		{"id", []string{"cdb101"}, nil, "CDB101 "},
		{"name", []string{"KEYS"}, nil, "CDB201 "},
		{"category leaves off what is off", []string{"network"}, nil, "CDB101 "},
		{"id turns on what is off", []string{"CDB102"}, nil, "CDB102 "},
		{"name turns on what is off", []string{"rare", "network"}, nil, "CDB101 CDB102 "},
		{"all", []string{"all"}, nil, "CDB101 CDB102 CDB201 "},
		{"all but", []string{"all"}, []string{"network"}, "CDB201 "},
		{"exclusion wins", []string{"CDB101", "CDB201"}, []string{"open"}, "CDB201 "},
		{"nothing left", nil, []string{"all"}, ""},
		{"unknown", []string{"CDB999"}, nil, ""},
		{"unknown exclusion", nil, []string{"netwrk"}, ""},
		{"empty word", []string{""}, nil, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			picked, err := pick(all, func(r *rule.Rule) bool { return !r.Off }, tc.include, tc.exclude)
			got := ""
			for _, r := range picked {
				got += r.ID + " "
			}
			if got != tc.want || (err != nil) != (tc.want == "") {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestDidYouMean(t *testing.T) {
	words := []string{"CDB101", "public-network-open", "network", "json"}
	for in, want := range map[string]string{
		"cdb110": "CDB101", "public-network-opened": "public-network-open", "netwrok": "network", "jsn": "json",
		"entirely-different": "", "": "",
	} {
		got := didYouMean(in, words)
		if want != "" {
			want = "; did you mean " + want + "?"
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
