#include "transfer/target.h"

namespace parse::transfer {

const std::string& id_of(const object::Object& object) { return object.at("objectId").as<std::string>(); }

std::vector<std::string> ids_of(const std::vector<object::Object>& objects) {
  std::vector<std::string> ids;
  ids.reserve(objects.size());
  for (const object::Object& object : objects) ids.push_back(id_of(object));
  return ids;
}

}  // namespace parse::transfer
