#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "object/value.h"
#include "schema/class_schema.h"
#include "transfer/format.h"

namespace parse::transfer {

/// What became of one object.
enum class Fate {
  kStored,
  /// Another object has its id; nothing was changed.
  kExists,
  /// `reason` says why.
  kRefused,
};
struct Outcome {
  Fate fate = Fate::kStored;
  std::string reason = {};
};

/// What happens when one of the objects exists.
enum class WhenExists {
  /// The others are stored.
  kStoreOthers,
  /// None is stored.
  kStoreNone,
};

/// One row of a join table.
struct Membership {
  std::string owning_id;
  std::string related_id;
};

/// Where objects are imported to. One thread. Errors of every call: client::Unreachable, storage's own, and Error for
/// everything that concerns no single object.
class Target {
 public:
  virtual ~Target() = default;

  /// As it is now, with all that add_fields made.
  virtual const schema::Schema& schema() const = 0;
  /// Makes the class when it is new, and these fields of it.
  virtual void add_fields(const std::string& class_name, const std::vector<schema::Field>& fields) = 0;
  /// How many objects are best stored at once.
  virtual std::size_t group_size() const = 0;

  /// Those of `ids` that objects of the class have.
  virtual std::set<std::string> existing(const std::string& class_name, const std::vector<std::string>& ids) = 0;
  /// Stores new objects, as prepare() left them; one outcome for each.
  virtual std::vector<Outcome> create(const std::string& class_name, const std::vector<object::Object>& objects,
                                      WhenExists when_exists) = 0;
  /// Puts objects in the place of those with their ids.
  virtual std::vector<Outcome> replace(const std::string& class_name, const std::vector<object::Object>& objects) = 0;
  /// Does what a create that was cut short may have left undone for objects that it stored.
  virtual void finish(const std::string& class_name, const std::vector<object::Object>& objects) = 0;
  /// True when what is stored lasts only from the next keep() on, and is gone when the target ends without it. Then
  /// add_fields is called right after keep() only.
  virtual bool stores_provisionally() const { return false; }
  virtual void keep() {}
  /// Adds members to a relation, which exists in the schema. Adding twice is adding once.
  virtual std::vector<Outcome> add_members(const RelationName& relation, const std::vector<Membership>& members) = 0;
};

/// The objectId of an object that was prepared.
const std::string& id_of(const object::Object& object);
/// Those of all of them.
std::vector<std::string> ids_of(const std::vector<object::Object>& objects);

}  // namespace parse::transfer
