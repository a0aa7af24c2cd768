#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace parse::query {

/// Names in the order they came, each once and none empty. A client may send very many, so nothing is searched through.
class NameList {
 public:
  NameList() = default;
  explicit NameList(const std::vector<std::string>& names) {
    for (const std::string& name : names) add(name);
  }

  void add(std::string_view name) {
    if (!name.empty() && seen_.emplace(name).second) names_.emplace_back(name);
  }
  bool contains(const std::string& name) const { return seen_.contains(name); }
  bool empty() const { return names_.empty(); }
  /// The names; the list is then spent.
  std::vector<std::string> take() { return std::move(names_); }

 private:
  std::vector<std::string> names_;
  std::unordered_set<std::string> seen_;
};

}  // namespace parse::query
