// Package ruletest runs the test of a rule, which is written once, in every language and in every way in which a value can
// be written.
//
// A rule's test is a txtar archive. Its comment says in prose what the rule decides and why each case is there. A case is
// a file and its companions:
//
//	bad/NAME.json            resources in ARM's shape: the rule must find what bad/NAME.want says, and nothing else
//	good/NAME.json           resources of which the rule must find nothing, and leave nothing undetermined
//	undetermined/NAME.json   resources on which the rule must be silent, and say that it cannot decide (see .want)
//	….arm.json               the same, but a whole ARM template, which runs in ARM alone and as it is
//	….want                   lines `severity resource path`, or `undetermined resource path`; path is "-" when it is the
//	                         resource's header that is pointed at; ` dormant` may follow
//	….LANGUAGE.want          the same where something else is right in one language; begins with a comment that says why
//	bad/NAME.fixed.json      the resources after all fixes were applied
//	bad/NAME.ways            lines `skip: WAY reason` or `skip: WAY(path) reason`, also with a language in the place of a way;
//	                         lines `unfixed: LANGUAGE reason` where no fix can be written
//
// A string "@id(Microsoft.X/y, name)" is the id of that resource, "@param(name)" or "@param(name, bool)" a parameter
// whose value is not known. Resources without an apiVersion get a current one. Each case is multiplied as ways.go says.
package ruletest
