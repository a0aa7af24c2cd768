#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>

#include "apps/parsectl/commands/schema_group.h"
#include "apps/parsectl/schema_calls.h"
#include "config/toml_document.h"

namespace parse::ctl {
namespace {

using object::Object;
using object::Value;

struct Export {
  std::string file;
  std::string format;
  std::vector<std::string> classes;
};

constexpr const char* kHeading =
    "# The classes of a Parse Server: fields, indexes and permissions; what the server makes itself is left out.\n"
    "# 'parsectl schema diff FILE' shows how a server differs, 'parsectl schema apply FILE' brings it here.\n";

bool is_json(const Export& flags) {
  if (flags.format.empty()) return flags.file.ends_with(".json");
  if (flags.format == "json") return true;
  if (flags.format == "toml") return false;
  throw Failure(ExitCode::kUsage, fmt::format("'{}' is no format of schema files", flags.format), "use toml or json");
}

schema::SchemaDocument read_document(Session& session, const std::vector<std::string>& names) {
  schema::SchemaDocument document;
  document.is_partial = !names.empty();
  if (names.empty()) {
    document.definitions = read_classes(session);
  } else {
    for (const std::string& name : names) document.definitions.emplace_back(read_class(session, name));
  }
  return document;
}

// Into another file first: whoever reads meanwhile, or after a full disk, finds the old one whole.
void write_file(const std::string& file, const std::string& text) {
  const std::string beside = file + ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(beside, file, error);
  if (out && !error) return;
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  throw Failure(ExitCode::kFailed, fmt::format("cannot write the file {}", file),
                "is its folder there, writable, and the disk not full?");
}

void export_schema(Session& session, const Export& flags) {
  const bool json = is_json(flags);
  const schema::SchemaDocument document = read_document(session, flags.classes);
  const Object written = schema::write_document(document);
  // One line for each field, index and permission.
  const std::string text =
      json ? config::write_json_document(written, 4) : kHeading + ("\n" + config::write_toml_document(written, 3));
  if (flags.file.empty() || flags.file == "-") return session.output().text(text);
  const Object result{{"file", flags.file}, {"classes", static_cast<std::int64_t>(document.definitions.size())}};
  const std::string what = fmt::format("{} classes to {}", document.definitions.size(), flags.file);
  if (session.is_dry_run()) return session.output().done("would write " + what, result);
  write_file(flags.file, text);
  session.output().done("wrote " + what, result);
}

void diff_schema(Session& session, const std::string& file) {
  const Comparison comparison = compare(session, read_schema_file(file));
  if (session.output().format() != OutputFormat::kTable || !comparison.changes.empty())
    print_changes(session, comparison.changes);
  else
    session.output().remark("no differences");
  if (comparison.changes.empty()) return;
  throw Failure(ExitCode::kConflict,
                fmt::format("the server differs from {} in {} places", file, comparison.changes.size()),
                fmt::format("'parsectl schema apply {}' would change the server so", file));
}

}  // namespace

void add_schema_file_commands(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<Export>();
  CLI::App& write = commands.add(group, "export", "Write the classes as a file for version control",
                                 [flags](Session& s) { export_schema(s, *flags); });
  write.add_option("file", flags->file, "Where to; a name in .json means JSON, others TOML; none: standard output")
      ->type_name("FILE");
  write.add_option("--format", flags->format, "toml or json, whatever the file is called")->type_name("FORMAT");
  write.add_option("--class", flags->classes, "Only this class; once for each. The file leaves others alone")
      ->type_name("CLASS")
      ->allow_extra_args(false);
  write.footer(
      "The order is that of names, so that two exports differ only where the schemas do. In the file a field is\n"
      "  title = \"String\"  or  score = { type = \"Number\", required = true, default = 0 }\n"
      "an index\n"
      "  best = [\"-score\", \"title\"]  or  slug = { keys = [\"slug\"], unique = true }\n"
      "and a permission\n"
      "  update = [\"authenticated\", \"role:admin\", \"pointer:owner\"]\n"
      "Examples:\n"
      "  parsectl schema export schema.toml\n"
      "  parsectl schema export --class Game --class Team --format json");
  const auto file = std::make_shared<std::string>();
  CLI::App& show = commands.add(group, "diff", "Show what 'apply' would change; exit 5 when there is something",
                                [file](Session& s) { diff_schema(s, *file); });
  show.add_option("file", *file, "A file of 'schema export'; - reads the standard input")
      ->required()
      ->type_name("FILE");
  show.footer(
      "+ is missing on the server, - is on the server only, ~ differs. Classes that the file does not name count as\n"
      "deleted, unless it says partial = true; those of the server itself (_User …) never do.\n"
      "Examples:\n"
      "  parsectl schema diff schema.toml\n"
      "  parsectl schema diff schema.toml --output json");
}

}  // namespace parse::ctl
