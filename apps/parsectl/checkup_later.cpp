#include <algorithm>

#include "apps/parsectl/checkup.h"

namespace parse::ctl {
namespace {

using config::Setting;
using object::Array;
using object::Value;

const Value* find_value(const std::vector<Setting>& settings, std::string_view name) {
  const auto found = std::ranges::find_if(settings, [&](const Setting& setting) { return setting.spec->name == name; });
  return found == settings.end() ? nullptr : &found->value;
}

bool is_on(const std::vector<Setting>& settings, std::string_view name) {
  const Value* value = find_value(settings, name);
  return value != nullptr && *value == Value(true);
}

/// The patterns that people write for "every extension".
bool allows_everything(const Value* extensions) {
  const Array* list = extensions ? extensions->get_if<Array>() : nullptr;
  return list != nullptr && std::ranges::any_of(*list, [](const Value& each) {
           return each == Value("*") || each == Value(".*") || each == Value("^.*$");
         });
}

}  // namespace

void check_uploads(const std::vector<Setting>& settings, Checkup& checkup) {
  checkup.add(is_on(settings, "fileUpload.enableForPublic"),
              {"fileUpload", "everybody may upload files without logging in: the server stores what anyone sends it",
               "set fileUpload.enableForPublic to false"});
  checkup.add(is_on(settings, "fileUpload.enableForAnonymousUser"),
              {"fileUpload", "anonymous users may upload files, and everybody can become one",
               "set fileUpload.enableForAnonymousUser to false"});
  checkup.add(allows_everything(find_value(settings, "fileUpload.fileExtensions")),
              {"fileUpload",
               "files of every type may be uploaded: a page with a script in it then runs under the server's address",
               "list the extensions that are needed in fileUpload.fileExtensions, or leave it out"});
}

}  // namespace parse::ctl
