#include "cloud/fault.h"

#include "object/json.h"

namespace parse::cloud {

Fault read_fault(std::string_view json) {
  const auto value = object::try_parse_json(json);
  const object::Object* fault = value ? value->get_if<object::Object>() : nullptr;
  const object::Value* code = fault ? fault->find("code") : nullptr;
  const object::Value* message = fault ? fault->find("message") : nullptr;
  const std::int64_t* number = code ? code->get_if<std::int64_t>() : nullptr;
  const std::string* text = message ? message->get_if<std::string>() : nullptr;
  const object::Value* status = fault ? fault->find("status") : nullptr;
  const std::int64_t* chosen = status ? status->get_if<std::int64_t>() : nullptr;
  return {number ? static_cast<ErrorCode>(*number) : ErrorCode::kScriptFailed, text ? *text : "Script failed.",
          chosen ? static_cast<int>(*chosen) : 0};
}

}  // namespace parse::cloud
