#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "config/option_spec.h"

/// The parts of the option table; only config/option_spec.cpp puts them together.
namespace parse::config {

using enum OptionType;
using enum Secrecy;

/// Appends rows under one heading of `--help`.
void add_section(std::vector<OptionSpec>& table, Section section, std::span<const OptionSpec> rows);
/// Appends rows of options whose feature is not there. When a feature arrives, its rows move to add_section and get
/// `apply`.
void add_missing(std::vector<OptionSpec>& table, std::string_view needs, std::span<const OptionSpec> rows);

void add_application_options(std::vector<OptionSpec>& table);
void add_network_options(std::vector<OptionSpec>& table);
void add_object_options(std::vector<OptionSpec>& table);
void add_limit_options(std::vector<OptionSpec>& table);
void add_account_options(std::vector<OptionSpec>& table);
void add_page_options(std::vector<OptionSpec>& table);
void add_guard_options(std::vector<OptionSpec>& table);
void add_cloud_options(std::vector<OptionSpec>& table);
void add_process_options(std::vector<OptionSpec>& table);

void add_mongo_options(std::vector<OptionSpec>& table);
void add_later_options(std::vector<OptionSpec>& table);

}  // namespace parse::config
