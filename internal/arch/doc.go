// Package arch holds the architecture as tests: who may import whom, which libraries are used where, and that all code is
// formatted. The tables in its test are read from the top down, as the way of the data.
package arch
