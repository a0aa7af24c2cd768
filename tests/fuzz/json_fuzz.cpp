// The JSON reader and writer and update operations: whatever is read can be written, and reading that gives the
// same value again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "object/json.h"
#include "object/update_op.h"

namespace {

using namespace parse::object;

void require(bool holds) {
  if (!holds) std::abort();
}

void use_as_update(const Value& value) {
  try {
    const UpdateOp op = read_update_op(value);
    const std::optional<Value> first = apply_to_absent(op);
    if (first) apply_update(&*first, op);
  } catch (const parse::Error&) {  // refused, which is fine
  }
}

void use_as_object(const Value& value) {
  const auto* object = value.get_if<Object>();
  if (object == nullptr) return;
  Object copy;
  for (const auto& [key, member] : *object) {
    use_as_update(member);
    try {
      apply_update_at(copy, key, read_update_op(member));
    } catch (const parse::Error&) {  // refused, which is fine
    }
  }
  std::string text;
  JsonWriter writer(text);
  emit_object(*object, writer);
  require(try_parse_json(text).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::optional<Value> value = try_parse_json({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  const std::string text = to_json(*value);
  const std::optional<Value> again = try_parse_json(text);
  require(again.has_value());
  require(to_json(*again) == text);
  use_as_update(*value);
  use_as_object(*value);
  return 0;
}
