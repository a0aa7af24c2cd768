#pragma once

#include "api/api_request.h"

namespace parse::api {

/// The five endpoints of objects for one class, below an address of its own: "/users" for _User. The object
/// endpoints of /classes/:class do the same.
void bind_class(Routes& routes, const std::string& path, const std::string& class_name);

/// Endpoints of /classes/:class.
void bind_classes(Routes& routes);

}  // namespace parse::api
