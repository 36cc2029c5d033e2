package cosmos

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// programTypes are the types of resources that run a program which may use an account.
var programTypes = append(slices.Clone(Workloads), "Microsoft.ContainerService/managedClusters")

// entryTypes are the types of what takes requests from the internet to a program.
var entryTypes = []string{"Microsoft.Network/applicationGateways", "Microsoft.Network/frontDoors", "Microsoft.Cdn/profiles"}

// settled are the children of programs in which their settings and their places are.
var settled = []string{"/config", "/networkConfig", "/extensions", "/runCommands", "/agentPools"}

// hosts are the types of what a program runs in or has, in whose place the program stands.
var hosts = []string{"Microsoft.App/managedEnvironments", "Microsoft.Network/networkInterfaces"}

// fromWorkloads ties the programs that use an account, and the subnets that they stand in.
func (s *Surroundings) fromWorkloads() {
	roles := s.view.roleHolders()
	for _, typ := range programTypes {
		for _, r := range s.view.Deployment.OfType(typ) {
			bodies := s.bodies(r)
			account := s.usedBy(r, bodies)
			if account == nil {
				account = holder(roles, r)
			}
			if account == nil || r.Existing {
				continue
			}
			t := Tie{Is: value.True, Cosmos: account, Through: r, Site: r.Header}
			s.Workloads = append(s.Workloads, Tied{r, t})
			for _, b := range bodies {
				s.tieSubnets(b, t, r)
			}
		}
	}
}

// bodies are the properties of a program and of its children.
func (s *Surroundings) bodies(r *model.Resource) []value.Value {
	out := []value.Value{r.Body.Get("properties")}
	for _, suffix := range settled {
		for _, c := range s.view.Deployment.OfType(r.Type + suffix) {
			if childOf(c, r) == value.True {
				out = append(out, c.Body.Get("properties"))
			}
		}
	}
	return out
}

// usedBy is the first account or cluster that a program is told of: by id, endpoint, or name, if that is not the program's own.
func (s *Surroundings) usedBy(r *model.Resource, bodies []value.Value) *model.Resource {
	for _, typ := range cosmosTypes {
		for _, account := range s.view.Deployment.OfType(typ) {
			if value.SameFold(account.Name, r.Name) == value.True {
				continue
			}
			if slices.ContainsFunc(bodies, func(b value.Value) bool { return tellsOf(b, account) }) {
				return account
			}
		}
	}
	return nil
}

// roleHolder is a principal that has a role on an account, or on its data.
type roleHolder struct {
	account   *model.Resource
	principal value.Value
}

func (v *View) roleHolders() (out []roleHolder) {
	add := func(account, assignment *model.Resource) {
		out = append(out, roleHolder{account, assignment.Body.GetPath("properties.principalId")})
	}
	for _, a := range v.Accounts {
		for _, api := range []string{"sql", "cassandra", "gremlin", "table"} {
			sure, _ := children(v.Deployment, a.Resource, AccountType+"/"+api+"RoleAssignments")
			for _, r := range sure {
				add(a.Resource, r)
			}
		}
		for _, r := range v.Deployment.OfType(RoleAssignmentType) {
			if a.Resource.Refers(r.Scope) == value.True {
				add(a.Resource, r)
			}
		}
	}
	return out
}

// holder is the first account on which the identity of a program has a role.
func holder(roles []roleHolder, program *model.Resource) *model.Resource {
	for _, h := range roles {
		if tellsOf(h.principal, program) {
			return h.account
		}
	}
	return nil
}

// tellsOf is carries, and looks into strings with holes too.
func tellsOf(v value.Value, r *model.Resource) bool {
	in := func(v value.Value) bool { return tellsOf(v, r) }
	return denotes(v, r) || slices.ContainsFunc(v.Cases(), in) || slices.ContainsFunc(v.Elems(), in) ||
		slices.ContainsFunc(v.Parts(), func(p value.Value) bool { return denotes(p, r) }) ||
		slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return in(f.Value) })
}

// tieSubnets ties all subnets that are named somewhere in the properties of a program, or of what it runs in, and the network cards
// that are its own.
func (s *Surroundings) tieSubnets(v value.Value, t Tie, program *model.Resource) {
	for _, path := range inlineCards {
		for _, c := range v.GetPath(path).Elems() {
			s.addCard(program, card{Body: c})
		}
	}
	eachID("", v, func(name string, id value.Value) {
		if namesSubnet(name, id) {
			s.tieSubnet(id, t, program)
		} else if parsed, ok := model.ParseID(id); ok {
			s.tieHost(id, parsed.Type, t, program)
		}
	})
}

// namesSubnet tells that a member with that name is the id of a subnet, or what is not known of one.
func namesSubnet(name string, id value.Value) bool {
	parsed, ok := model.ParseID(id)
	return ok && strings.EqualFold(parsed.Type, subnetType) || bySubnetPosition.MatchString(id.Sym()) ||
		!ok && id.Kind == value.Unknown && strings.Contains(strings.ToLower(name), "subnet")
}

func (s *Surroundings) tieHost(id value.Value, typ string, t Tie, program *model.Resource) {
	i := slices.IndexFunc(hosts, func(host string) bool { return strings.EqualFold(typ, host) })
	if i < 0 {
		return
	}
	r, found := s.view.Deployment.Find(id, hosts[i])
	if found != value.True || r.Existing {
		return
	}
	if r.Is(cardType) {
		s.addCard(program, card{Body: r.Body, resource: r})
	}
	eachID("", r.Body.Get("properties"), func(name string, id value.Value) {
		if namesSubnet(name, id) {
			s.tieSubnet(id, t, program)
		}
	})
}

// inlineCards are where network cards stand that are no resources of their own: below the properties of a machine, or of a scale set.
var inlineCards = []string{
	"networkProfile.networkInterfaceConfigurations", "virtualMachineProfile.networkProfile.networkInterfaceConfigurations",
}

// card is a network card of a program that uses an account.
type card struct {
	Body     value.Value
	resource *model.Resource // nil where it is none of its own
	group    *model.Resource // its network security group; nil where that is not known
}

func (s *Surroundings) addCard(program *model.Resource, c card) {
	c.group, _ = s.view.Deployment.Find(c.Body.GetPath("properties."+groupOf), GroupType)
	s.cards[program] = append(s.cards[program], c)
}

// alone answers whether the group of the card is the only one there is: its subnets have none. Where they have one, traffic needs both,
// and the subnet's is looked at.
func (c card) alone(v *View) bool {
	for _, config := range c.Body.GetPath(ipConfigs).Elems() {
		if x, found := v.FindSubnet(config.GetPath(ipSubnet)); found != value.True || x.GroupIn(v) != value.False {
			return false
		}
	}
	return true
}

// eachID visits the texts and unknowns at any depth of v, with the name of the member or of the object that they are in.
func eachID(name string, v value.Value, visit func(name string, id value.Value)) {
	for _, c := range v.Cases() {
		eachID(name, c, visit)
	}
	for _, e := range v.Elems() {
		eachID(name, e, visit)
	}
	for _, f := range v.Fields() {
		inner := f.Name
		if strings.EqualFold(inner, "id") {
			inner = name
		}
		eachID(inner, f.Value, visit)
	}
	if (v.Kind == value.String || v.Kind == value.Unknown) && len(v.Cases()) == 0 {
		visit(name, v)
	}
}

// entries ties the application gateways and Front Doors that take requests to a program which uses an account.
func (s *Surroundings) entries() {
	for _, typ := range entryTypes {
		s.Entries = append(s.Entries, s.tieAll(typ, s.leadsToWorkload)...)
	}
}

// backends are where an entry says what it takes requests to: in itself, or in a child.
var backends = map[string]string{
	"microsoft.network/applicationgateways": "properties.backendAddressPools",
	"microsoft.network/frontdoors":          "properties.backendPools",
	"microsoft.cdn/profiles":                "",
}

const originType = "Microsoft.Cdn/profiles/originGroups/origins"

// leadsToWorkload is Undecided where a backend is not known.
func (s *Surroundings) leadsToWorkload(r *model.Resource) Tie {
	best := Tie{Is: value.False}
	for _, w := range s.Workloads {
		best = better(best, w.Tie, s.leads(r, w.Resource))
	}
	return best
}

func (s *Surroundings) leads(entry, program *model.Resource) value.Truth {
	tells := func(body value.Value) bool { return tellsOf(body, entry) }
	if slices.ContainsFunc(s.bodies(program), tells) ||
		slices.ContainsFunc(s.cards[program], func(c card) bool { return tells(c.Body) }) {
		return value.True // a program that joins the backends by itself, or admits nobody else
	}
	answer := value.False
	if path := backends[strings.ToLower(entry.Type)]; path != "" {
		answer = s.reaches(entry.Body.GetPath(path), program)
	}
	for _, o := range s.view.Deployment.OfType(originType) {
		if isBelow(o, entry) {
			answer = value.Or(answer, s.reaches(o.Body.GetPath("properties.hostName"), program))
		}
	}
	return answer
}

// reaches answers whether backends are the program, or the network card of its machine.
func (s *Surroundings) reaches(backends value.Value, program *model.Resource) value.Truth {
	is := func(c card) bool { return c.resource != nil && tellsOf(backends, c.resource) }
	if slices.ContainsFunc(s.cards[program], is) {
		return value.True
	}
	return leadsTo(backends, program)
}

func isBelow(r, ancestor *model.Resource) bool {
	for p := r.Parent; p != nil; p = p.Parent {
		if p == ancestor || sameResource(p, ancestor) {
			return true
		}
	}
	return r.Is(originType) && ancestor.Is("Microsoft.Cdn/profiles") &&
		value.SameFold(model.SplitName(r.Name)[0], ancestor.Name) == value.True
}

// leadsTo answers whether a backend is the program: by its id, or by a host whose first label is its name.
func leadsTo(v value.Value, program *model.Resource) value.Truth {
	if tellsOf(v, program) {
		return value.True
	}
	if v.Kind == value.Unknown || v.Open {
		return value.Undecided
	}
	answer := value.False
	eachID("", v, func(name string, id value.Value) {
		backend := strings.EqualFold(name, "fqdn") || strings.EqualFold(name, "address") || strings.EqualFold(name, "hostName")
		if backend && id.Kind == value.Unknown {
			answer = value.Undecided
		}
	})
	return answer
}
