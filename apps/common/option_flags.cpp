#include "apps/common/option_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <set>

namespace parse::apps {
namespace {

using config::Given;
using config::OptionSpec;
using config::OptionType;

const std::set<std::string, std::less<>> kCommands = {"--help", "-h", "--version", "-V", "--check", "--print-config"};

std::string name_of(std::string_view argument) { return std::string(argument.substr(2, argument.find('=') - 2)); }

/// Makes every argument one that CLI11 reads without doubt. Unknown flags are taken out, together with what must be
/// their value, for config::load to name; so are empty values, which CLI11 would fill with the next word. `--verbose
/// false` becomes `--verbose=false`, because the word after a boolean may be the positional file.
class Preparation {
 public:
  Preparation(const std::vector<std::string>& args, CommandLine& line) : args_(args), line_(line) {}

  std::vector<std::string> run() {
    for (; at_ < args_.size(); ++at_) {
      const std::string& argument = args_[at_];
      if (!argument.starts_with("--") || argument.size() == 2 || kCommands.contains(argument))
        known_.push_back(argument);
      else
        flag(argument);
    }
    return std::move(known_);
  }

 private:
  void flag(const std::string& argument) {
    const std::string name = name_of(argument);
    const OptionSpec* spec = config::find_option(name);
    const auto equals = argument.find('=');
    if (equals != std::string::npos) {
      if (spec == nullptr || equals + 1 == argument.size()) return give(name, argument.substr(equals + 1));
      known_.push_back(argument);
    } else if (spec == nullptr) {
      give(name, next_is_word() ? args_[++at_] : "");
    } else if (spec->type == OptionType::kBool) {
      known_.push_back(argument + "=" + (next_is_truth() ? args_[++at_] : "true"));
    } else if (at_ + 1 == args_.size()) {
      line_.errors.push_back(fmt::format("'{}' needs a value (--{})", name, name));
    } else if (args_[++at_].empty()) {
      give(name, "");
    } else {
      known_.push_back(argument + "=" + args_[at_]);
    }
  }

  void give(const std::string& name, const std::string& value) { line_.flags.push_back({name, value, "--" + name}); }

  bool next_is_word() const { return at_ + 1 < args_.size() && !args_[at_ + 1].starts_with("-"); }
  bool next_is_truth() const {
    if (at_ + 1 == args_.size()) return false;
    const std::string& next = args_[at_ + 1];
    return next == "true" || next == "false" || next == "1" || next == "0";
  }

  const std::vector<std::string>& args_;
  CommandLine& line_;
  std::size_t at_ = 0;
  std::vector<std::string> known_;
};

/// One CLI11 option for each name; older names are options of their own, so that messages show what was typed.
std::vector<std::pair<std::string, CLI::Option*>> add_options(CLI::App& app) {
  std::vector<std::pair<std::string, CLI::Option*>> options;
  for (const OptionSpec& spec : config::option_table()) {
    for (const std::string_view name : {spec.name, spec.alias}) {
      if (name.empty()) continue;
      CLI::Option* option = app.add_option(fmt::format("--{}", name));
      option->expected(1)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
      options.emplace_back(name, option);
    }
  }
  return options;
}

std::string default_note(const OptionSpec& spec) {
  if (spec.default_text.empty() || spec.default_text.front() == '[') return "";
  return fmt::format(" [{}]", spec.default_text);
}

void append_option(std::string& text, const OptionSpec& spec) {
  constexpr std::size_t kColumn = 34;
  const std::string value = value_name(spec);
  std::string left = fmt::format("  --{}{}{}", spec.name, value.empty() ? "" : " ", value);
  if (left.size() + 2 > kColumn) left += "\n" + std::string(kColumn, ' ');
  const std::size_t width = left.size() < kColumn ? kColumn : left.size();
  fmt::format_to(std::back_inserter(text), "{:<{}}{}{}\n", left, width, spec.help, default_note(spec));
}

constexpr std::string_view kUsage =
    "Usage: parse-server [options] [config.json]\n"
    "\n"
    "A backend for apps: objects, queries and schemas over REST, for every Parse SDK.\n"
    "Without options it makes up an application id and a master key, keeps everything in ./data, and prints how to\n"
    "save a first object.\n"
    "\n"
    "Commands:\n"
    "  -h, --help                      Show this text\n"
    "  -V, --version                   Show the version\n"
    "      --check                     Check the configuration and exit\n"
    "      --print-config              Show the configuration in force, as TOML, and exit\n";

constexpr std::string_view kExamples =
    "\n"
    "Each option is also an environment variable and a key of the TOML file given with --config; the positional file "
    "is\n"
    "the JSON configuration of the Node server. A flag wins over the environment, which wins over the file. The "
    "manual\n"
    "page, parse-server(1), lists the variables.\n"
    "\n"
    "Examples:\n"
    "  parse-server\n"
    "  parse-server --appId myApp --masterKey mySecret --serverURL http://localhost:1337/parse\n"
    "  PARSE_SERVER_MASTER_KEY=mySecret parse-server --appId myApp --port 8080\n"
    "  parse-server --config /etc/parse-server/parse-server.toml --check\n"
    "  parse-server --appId myApp --masterKey mySecret --requestComplexity.queryDepth 5 --verbose\n";

}  // namespace

std::string value_name(const OptionSpec& spec) {
  switch (spec.type) {
    case OptionType::kBool:
      return "";
    case OptionType::kInteger:
    case OptionType::kNumber:
      return "<number>";
    case OptionType::kList:
      return "<a,b,...>";
    case OptionType::kJsonList:
      return "<json array>";
    case OptionType::kJson:
    case OptionType::kGroup:
      return "<json>";
    case OptionType::kSize:
      return "<size>";
    default:
      return "<text>";
  }
}

CommandLine read_command_line(const std::vector<std::string>& args) {
  CommandLine line;
  CLI::App app("parse-server");
  app.set_help_flag();
  app.add_flag("-h,--help", line.help);
  app.add_flag("-V,--version", line.version);
  app.add_flag("--check", line.check);
  app.add_flag("--print-config", line.print_config);
  app.add_option("file", line.file);
  const auto options = add_options(app);
  auto prepared = Preparation(args, line).run();
  std::reverse(prepared.begin(), prepared.end());  // CLI11 reads from the back
  try {
    app.parse(std::move(prepared));
  } catch (const CLI::ExtrasError&) {
    const auto extras = app.remaining();
    for (const std::string& extra : extras) line.errors.push_back(fmt::format("'{}' is not an option", extra));
  } catch (const CLI::ParseError& error) {
    line.errors.push_back(fmt::format("'parse-server' cannot read the command line: {}", error.what()));
  }
  for (const auto& [name, option] : options)
    for (const std::string& value : option->results()) line.flags.push_back({name, value, "--" + name});
  return line;
}

std::string help_text() {
  std::string text(kUsage);
  config::Section section = config::Section::kHidden;
  for (const OptionSpec& spec : config::option_table()) {
    if (spec.section == config::Section::kHidden) continue;
    if (spec.section != section) fmt::format_to(std::back_inserter(text), "\n{}:\n", title(spec.section));
    section = spec.section;
    append_option(text, spec);
  }
  return text.append(kExamples);
}

}  // namespace parse::apps
