#include "rest/cloud_call.h"

namespace parse::rest {

std::shared_ptr<CloudCall> copy_of(const std::shared_ptr<CloudCall>& call) {
  return call ? std::make_shared<CloudCall>(*call) : nullptr;
}

}  // namespace parse::rest
