#pragma once

#include "api/api_request.h"
#include "rest/object_id.h"

namespace parse::api {

/// Where the client reaches an object: scheme and host as the client wrote them.
std::string object_location(const ApiRequest& request, const rest::ObjectId& object);

/// The five endpoints of objects for one class, below an address of its own: "/users" for _User. The object
/// endpoints of /classes/:class do the same.
void bind_class(Routes& routes, const std::string& path, const std::string& class_name);

/// Endpoints of /classes/:class.
void bind_classes(Routes& routes);

}  // namespace parse::api
