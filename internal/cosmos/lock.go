package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// LockType is a lock on a resource, a resource group or a subscription.
const LockType = "Microsoft.Authorization/locks"

// Locks are the locks of a deployment, with their scopes taken apart once.
type Locks struct {
	deployment *model.Deployment
	list       []lock
}

type lock struct {
	*model.Resource
	// scope are the segments of the id of what it is on; nil where that is not known. typ is its type in lower case, "" of a group or a
	// subscription.
	scope []value.Value
	typ   string
	keeps value.Truth
}

// Locks finds the locks of the deployment.
func (v *View) Locks() *Locks {
	l := &Locks{deployment: v.Deployment}
	for _, r := range v.Deployment.OfType(LockType) {
		x := lock{Resource: r, keeps: keeps(r)}
		if id, ok := model.ParseID(r.ID); ok {
			x.scope = model.SplitName(id.Scope)
			on, _ := model.ParseID(id.Scope)
			x.typ = strings.ToLower(on.Type)
		}
		if len(x.scope) == 1 && x.scope[0].Kind == value.Unknown {
			x.scope = nil // given whole
		}
		l.list = append(l.list, x)
	}
	return l
}

// Hold answers whether a lock keeps the zone r from being deleted: one on r, on its resource group or its subscription, as a lock holds
// for everything below its scope (https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources), or one on a
// record set, without which the zone cannot go (https://learn.microsoft.com/azure/dns/dns-protect-zones-recordsets).
// Where that is not known it returns what would have to be known: a property of a lock, or its condition.
func (l *Locks) Hold(r *model.Resource) (locked value.Truth, open value.Value) {
	locked = value.TruthOf(false)
	typ := strings.ToLower(r.Type)
	var ids [][]value.Value // whatever name the zone turns out to have
	for _, id := range r.ID.Alternatives() {
		ids = append(ids, model.SplitName(id))
	}
	for _, x := range l.list {
		covers := value.TruthOf(false)
		if rest, ok := strings.CutPrefix(x.typ, typ); x.typ == "" || ok && (rest == "" || rest[0] == '/') {
			covers = x.coversAll(ids)
		}
		locked = value.Or(locked, value.And(covers, x.keeps, present(x.Resource, r)))
		switch {
		case locked == value.True:
			return locked, value.Value{}
		case covers == value.False || x.keeps == value.False:
		case covers == value.Undecided:
			open = x.ID
		case x.keeps == value.Undecided:
			open = x.Body.GetPath(lockLevel)
		default:
			open = x.Condition
		}
	}
	if locked == value.False {
		locked = lockAbsence(l.deployment, r)
	}
	return locked, open
}

// coversAll answers whether a resource is what the lock is on, below it, or above it, if it is so for each id that it may have.
func (x lock) coversAll(ids [][]value.Value) value.Truth {
	first := x.covers(ids[0])
	for _, id := range ids[1:] {
		if x.covers(id) != first {
			return value.Undecided
		}
	}
	return first
}

func (x lock) covers(id []value.Value) value.Truth {
	if x.scope == nil {
		return value.Undecided
	}
	same := value.TruthOf(true)
	for i := range min(len(x.scope), len(id)) {
		if same = value.And(same, value.SameFold(x.scope[i], id[i])); same == value.False {
			break
		}
	}
	return same
}

const lockLevel = "properties.level"

// keeps answers whether a lock forbids to delete. One that is only referred to does: there is no other kind.
func keeps(lock *model.Resource) value.Truth {
	if lock.Existing {
		return value.True
	}
	level := lock.Body.GetPath(lockLevel)
	return value.Or(level.EqualsFold("CanNotDelete"), level.EqualsFold("ReadOnly"))
}

// lockAbsence is absence for locks.
func lockAbsence(d *model.Deployment, r *model.Resource) value.Truth {
	if d.Incomplete {
		return value.Undecided
	}
	for _, o := range d.Opaque {
		source := strings.ToLower(o.Source)
		if !leavesAlone(source, "lock", "dns") && (strings.Contains(source, "lock") || !makesSomethingElse(source)) && carries(o.Arguments, r) {
			return value.Undecided
		}
	}
	return value.False
}
