package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// LockType is a lock on a resource, a resource group or a subscription.
const LockType = "Microsoft.Authorization/locks"

// Locked answers whether a lock of the deployment keeps r from being deleted: one on r, on its resource group or its
// subscription, as a lock holds for everything below its scope
// (https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources).
func (v *View) Locked(r *model.Resource) value.Truth {
	locked := value.TruthOf(false)
	for _, lock := range v.Deployment.OfType(LockType) {
		locked = value.Or(locked, value.And(lockCovers(lock, r), keeps(lock), present(lock, r)))
	}
	if locked == value.False {
		locked = lockAbsence(v.Deployment, r)
	}
	return locked
}

// LockInput is what would have to be known to tell whether r is locked: the first property of a lock, or condition, that
// leaves it open.
func (v *View) LockInput(r *model.Resource) value.Value {
	for _, lock := range v.Deployment.OfType(LockType) {
		switch {
		case lockCovers(lock, r) == value.False || keeps(lock) == value.False:
		case lockCovers(lock, r) == value.Undecided:
			return lock.ID
		case keeps(lock) == value.Undecided:
			return lock.Body.GetPath(lockLevel)
		case present(lock, r) == value.Undecided:
			return lock.Condition
		}
	}
	return value.Value{}
}

// lockCovers answers whether r is the resource that a lock is on, or below it.
func lockCovers(lock, r *model.Resource) value.Truth {
	id, ok := model.ParseID(lock.ID)
	if !ok {
		return value.Undecided
	}
	scope, own := model.SplitName(id.Scope), model.SplitName(r.ID)
	if len(scope) == 1 && scope[0].Kind == value.Unknown {
		return value.Undecided // a scope that is given whole
	}
	if len(scope) > len(own) {
		return value.False
	}
	same := value.TruthOf(true)
	for i := range scope {
		same = value.And(same, value.SameFold(scope[i], own[i]))
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

// lockAbsence is absence for locks. Modules that make private endpoints get the zone, but lock nothing of it.
func lockAbsence(d *model.Deployment, r *model.Resource) value.Truth {
	if d.Incomplete {
		return value.Undecided
	}
	for _, o := range d.Opaque {
		source := strings.ToLower(o.Source)
		endpoint := strings.Contains(source, "private-endpoint") || strings.Contains(source, "privateendpoint")
		other := (endpoint || makesSomethingElse(source)) && !strings.Contains(source, "lock")
		if !other && carries(o.Arguments, r) {
			return value.Undecided
		}
	}
	return value.False
}
