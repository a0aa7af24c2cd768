#pragma once

#include <span>
#include <string>
#include <vector>

#include "api/batch_part.h"

namespace parse::api {

/// Parts of a batch that follow each other and are served in one go.
struct BatchRun {
  std::size_t first = 0;
  std::span<const BatchPart> parts;
  /// The class of which every part creates an object; empty for a part that does something else.
  std::string class_name;
};

/// Cuts a batch into creates of one ordinary class that follow each other, and single parts. `parts` must outlive it.
std::vector<BatchRun> runs_of(const ApiRequest& request, const std::vector<BatchPart>& parts);

/// Creates the objects of a run: checked one by one, stored together, or one by one when they cannot be. Each response
/// is the one the part would have had alone. Never throws.
void create_together(ApiRequest& outer, const BatchRun& run, std::span<http::Response> responses);

}  // namespace parse::api
