#include "transfer/object_group.h"

#include <algorithm>
#include <utility>

namespace parse::transfer {
namespace {

using object::Object;

/// One call of store_group.
class GroupStore {
 public:
  GroupStore(Target& target, const std::string& class_name, std::vector<Object> objects)
      : target_(target), class_name_(class_name), objects_(std::move(objects)), results_(objects_.size()) {
    for (std::size_t i = 0; i < objects_.size(); ++i) places_.push_back(i);
  }

  std::vector<Result> run(const GroupRules& rules) {
    // An object that was to be replaced may be there as it was before; it is replaced again.
    if (rules.maybe_stored > 0 && rules.on_conflict != OnConflict::kReplace) drop_own(rules.maybe_stored);
    if (objects_.empty()) return std::move(results_);
    const bool fails = rules.on_conflict == OnConflict::kFail;
    const std::vector<Outcome> outcomes =
        target_.create(class_name_, objects_, fails ? WhenExists::kStoreNone : WhenExists::kStoreOthers);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      take(places_[i], outcomes[i], rules.on_conflict, id_of(objects_[i]));
    if (rules.on_conflict == OnConflict::kReplace) replace(outcomes);
    return std::move(results_);
  }

 private:
  /// What was stored of the group before is not stored again.
  void drop_own(std::size_t maybe_stored) {
    const std::set<std::string> known = target_.existing(class_name_, ids_of(objects_));
    std::vector<Object> own;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      if (i < maybe_stored && known.contains(id_of(objects_[i]))) {
        own.push_back(std::move(objects_[i]));
        continue;
      }
      if (kept != i) {
        objects_[kept] = std::move(objects_[i]);
        places_[kept] = places_[i];
      }
      ++kept;
    }
    objects_.resize(kept);
    places_.resize(kept);
    if (!own.empty()) target_.finish(class_name_, own);
  }

  void take(std::size_t place, const Outcome& outcome, OnConflict on_conflict, const std::string& id) {
    Result& result = results_[place];
    if (outcome.fate == Fate::kRefused) {
      result = {Deed::kRefused, outcome.reason};
    } else if (outcome.fate == Fate::kExists) {
      if (on_conflict == OnConflict::kSkip) result = {Deed::kSkipped};
      if (on_conflict == OnConflict::kFail) result = {Deed::kConflict, id};
    }
  }

  void replace(const std::vector<Outcome>& outcomes) {
    std::vector<Object> objects;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (outcomes[i].fate != Fate::kExists) continue;
      objects.push_back(std::move(objects_[i]));
      places.push_back(places_[i]);
    }
    if (objects.empty()) return;
    const std::vector<Outcome> replaced = target_.replace(class_name_, objects);
    for (std::size_t i = 0; i < replaced.size(); ++i) {
      const bool is_done = replaced[i].fate == Fate::kStored;
      results_[places[i]] = is_done ? Result{Deed::kReplaced} : Result{Deed::kRefused, replaced[i].reason};
    }
  }

  Target& target_;
  const std::string& class_name_;
  std::vector<Object> objects_;
  std::vector<Result> results_;
  /// Where in the group each of `objects_` was.
  std::vector<std::size_t> places_;
};

}  // namespace

std::vector<Result> store_group(Target& target, const std::string& class_name, std::vector<Object> objects,
                                const GroupRules& rules) {
  return GroupStore(target, class_name, std::move(objects)).run(rules);
}

}  // namespace parse::transfer
