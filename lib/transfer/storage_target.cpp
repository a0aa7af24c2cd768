#include "transfer/storage_target.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "crypto/password.h"
#include "query/where.h"
#include "schema/default_classes.h"
#include "schema/validate.h"

namespace parse::transfer {
namespace {

using object::Object;
using object::Value;

/// As the server hashes them.
constexpr int kBcryptCost = 10;

query::Where with_ids(const std::vector<std::string>& ids) {
  query::In in;
  for (const std::string& id : ids) in.values.emplace_back(id);
  return {{query::FieldCondition{"objectId", std::move(in)}}};
}

void hash_password(Object& user) {
  const Value* password = user.find("password");
  if (password == nullptr) return;
  if (!user.contains("_hashed_password"))
    user.append("_hashed_password", crypto::bcrypt_hash(password->as<std::string>(), kBcryptCost));
  user.erase("password");
}

/// What keeps one object out, and not the next one; everything else ends the import.
bool is_about_values(const Error& error) {
  return error.code() != ErrorCode::kInternal && error.code() != ErrorCode::kTimeout;
}

}  // namespace

/// Some objects of a call, and where their outcomes go.
struct StorageTarget::Part {
  std::vector<Object> objects;
  std::vector<Outcome*> outcomes;

  Part half(std::size_t from, std::size_t to) const {
    const auto cut = [&](const auto& list) {
      using List = std::decay_t<decltype(list)>;
      return List(list.begin() + static_cast<std::ptrdiff_t>(from), list.begin() + static_cast<std::ptrdiff_t>(to));
    };
    return {cut(objects), cut(outcomes)};
  }
  /// Runs `work(part)` on all of it; when something in it is refused, on smaller parts, down to single objects.
  template <typename Work>
  void run(const Work& work) {
    if (objects.empty()) return;
    try {
      work(*this);
    } catch (const Error& error) {
      if (!is_about_values(error)) throw;
      if (objects.size() == 1) {
        *outcomes.front() = {Fate::kRefused, error.message()};
        return;
      }
      half(0, objects.size() / 2).run(work);
      half(objects.size() / 2, objects.size()).run(work);
    }
  }
};

StorageTarget::StorageTarget(storage::Adapter& storage, Completion completion, Durability durability)
    : storage_(storage), completion_(completion), durability_(durability), schema_(storage.load_schema()) {}

storage::Operations& StorageTarget::writing() {
  if (!stores_provisionally()) return storage_;
  if (!transaction_) transaction_ = storage_.begin();
  return *transaction_;
}

void StorageTarget::keep() {
  if (!transaction_) return;
  transaction_->commit();
  transaction_.reset();
}

void StorageTarget::add_fields(const std::string& class_name, const std::vector<schema::Field>& fields) {
  const schema::ClassSchema* before = schema_.find(class_name);
  schema::ClassSchema after = before ? *before : schema::default_class(class_name);
  for (const schema::Field& field : fields) {
    if (after.find_field(field.name) == nullptr) after.fields.push_back(field);
  }
  if (before == nullptr)
    storage_.create_class(after);
  else
    storage_.update_class(*before, after);
  schema_.set(std::move(after));
}

std::set<std::string> StorageTarget::existing(const std::string& class_name, const std::vector<std::string>& ids) {
  query::Find find;
  find.class_name = class_name;
  find.where = with_ids(ids);
  find.keys = std::vector<std::string>{};
  object::ValueBuilder builder;
  builder.begin_array();
  writing().find(schema_, find, builder);
  builder.end_array();
  std::set<std::string> found;
  const Value rows = builder.take();
  for (const Value& row : rows.as<object::Array>()) found.insert(id_of(row.as<Object>()));
  return found;
}

/// The objects as they are stored.
StorageTarget::Part StorageTarget::complete(const std::string& class_name, const std::vector<Object>& objects,
                                            std::vector<Outcome>& outcomes) const {
  Part part;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    Object object = objects[i];
    try {
      if (completion_ == Completion::kAsMade) {
        if (class_name == "_User") hash_password(object);
        schema::fill_defaults(*schema_.find(class_name), object);
      }
    } catch (const Error& error) {
      outcomes[i] = {Fate::kRefused, error.message()};
      continue;
    }
    part.objects.push_back(std::move(object));
    part.outcomes.push_back(&outcomes[i]);
  }
  return part;
}

void StorageTarget::store(const std::string& class_name, Part part) {
  part.run([&](const Part& some) { writing().create_many(schema_, class_name, some.objects); });
}

std::vector<Outcome> StorageTarget::create(const std::string& class_name, const std::vector<Object>& objects,
                                           WhenExists when_exists) {
  std::vector<Outcome> outcomes(objects.size());
  Part part = complete(class_name, objects, outcomes);
  if (part.objects.empty()) return outcomes;
  try {
    writing().create_many(schema_, class_name, part.objects);
    return outcomes;
  } catch (const Error& error) {
    if (!is_about_values(error)) throw;
  }
  const std::set<std::string> known = existing(class_name, ids_of(part.objects));
  Part fresh;
  for (std::size_t i = 0; i < part.objects.size(); ++i) {
    if (known.contains(id_of(part.objects[i]))) {
      part.outcomes[i]->fate = Fate::kExists;
    } else {
      fresh.objects.push_back(std::move(part.objects[i]));
      fresh.outcomes.push_back(part.outcomes[i]);
    }
  }
  if (known.empty() || when_exists == WhenExists::kStoreOthers) store(class_name, std::move(fresh));
  return outcomes;
}

std::vector<Outcome> StorageTarget::replace(const std::string& class_name, const std::vector<Object>& objects) {
  std::vector<Outcome> outcomes(objects.size());
  complete(class_name, objects, outcomes).run([&](const Part& some) {
    const auto transaction = storage_.begin();
    transaction->remove(schema_, class_name, with_ids(ids_of(some.objects)));
    transaction->create_many(schema_, class_name, some.objects);
    transaction->commit();
  });
  return outcomes;
}

std::vector<Outcome> StorageTarget::add_members(const RelationName& relation, const std::vector<Membership>& members) {
  const schema::Field& field = *schema_.find(relation.owning_class)->find_field(relation.key);
  const auto own = stores_provisionally() ? nullptr : storage_.begin();
  storage::Operations& target = own ? *own : writing();
  for (std::size_t i = 0; i < members.size();) {
    const std::string& owner = members[i].owning_id;
    object::ChangeRelation change;
    for (; i < members.size() && members[i].owning_id == owner; ++i)
      change.added.push_back({field.type.target_class, members[i].related_id});
    target.change_relation({relation.owning_class, owner}, relation.key, change);
  }
  if (own) own->commit();
  return std::vector<Outcome>(members.size());
}

}  // namespace parse::transfer
