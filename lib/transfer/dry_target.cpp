#include "transfer/dry_target.h"

#include "schema/default_classes.h"

namespace parse::transfer {

void DryTarget::add_fields(const std::string& class_name, const std::vector<schema::Field>& fields) {
  const schema::ClassSchema* known = schema_.find(class_name);
  schema::ClassSchema made = known ? *known : schema::default_class(class_name);
  made.fields.insert(made.fields.end(), fields.begin(), fields.end());
  schema_.set(std::move(made));
}

std::set<std::string> DryTarget::existing(const std::string& class_name, const std::vector<std::string>& ids) {
  return real_.schema().find(class_name) ? real_.existing(class_name, ids) : std::set<std::string>();
}

std::vector<Outcome> DryTarget::create(const std::string& class_name, const std::vector<object::Object>& objects,
                                       WhenExists) {
  const std::set<std::string> known = existing(class_name, ids_of(objects));
  std::vector<Outcome> outcomes(objects.size());
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (known.contains(id_of(objects[i]))) outcomes[i].fate = Fate::kExists;
  }
  return outcomes;
}

std::vector<Outcome> DryTarget::replace(const std::string&, const std::vector<object::Object>& objects) {
  return std::vector<Outcome>(objects.size());
}

std::vector<Outcome> DryTarget::add_members(const RelationName&, const std::vector<Membership>& members) {
  return std::vector<Outcome>(members.size());
}

}  // namespace parse::transfer
