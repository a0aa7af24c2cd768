#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/error_text.h"
#include "apps/parsectl/interruption.h"
#include "apps/parsectl/open_storage.h"
#include "apps/parsectl/progress_line.h"
#include "object/json.h"
#include "transfer/export_file.h"
#include "transfer/file_download.h"

namespace parse::ctl {
namespace {

namespace fs = std::filesystem;
using object::Object;

constexpr const char* kFooter =
    "Without a class the whole app is exported, into a folder: one file for each class, and one for each relation, "
    "such\n"
    "as _Join:users:_Role.ndjson. A single class goes to standard output unless --to names a file. A file gets its "
    "name\n"
    "once it is whole; until then it ends in .part. File values keep their name and url; --files content fetches\n"
    "what they name as well, each once, into the folder 'files'; what is there is not fetched again.\n"
    "A running server keeps hashes of passwords for itself; --database exports them too.\n"
    "\n"
    "Examples:\n"
    "  parsectl export --to ./export --files content\n"
    "  parsectl export Game --where '{\"score\":{\"$gt\":100}}' > games.ndjson\n"
    "  parsectl --database sqlite:./data/parse.db export _User _Role --to ./users --format csv";

struct ExportFlags {
  std::vector<std::string> classes;
  std::string to;
  std::string format;
  std::string where;
  std::string files = "reference";
  bool overwrites = false;
  bool resumes = false;
};

/// Where the objects come from, and what has to stay open meanwhile.
struct Place {
  std::unique_ptr<storage::Adapter> storage;
  std::unique_ptr<transfer::Source> source;
};

Place open_place(Session& session) {
  Place place;
  const Target& where = session.target();
  if (where.server.empty()) {
    place.storage = open_storage(where.database, WhenMissing::kRefuse);
    place.source = std::make_unique<transfer::StorageSource>(*place.storage);
  } else {
    place.source = std::make_unique<transfer::RestSource>(session.server());
  }
  return place;
}

bool is_folder(const ExportFlags& flags) {
  return flags.classes.size() != 1 || flags.to.ends_with('/') || fs::is_directory(flags.to);
}

transfer::Format format_of(const ExportFlags& flags) {
  if (!flags.format.empty()) return *transfer::format_named(flags.format);
  const auto named = is_folder(flags) ? std::nullopt : transfer::format_of_file(flags.to);
  return named.value_or(transfer::Format::kNdjson);
}

Object read_where(const std::string& text) {
  if (text.empty()) return {};
  const auto value = object::try_parse_json(text);
  const Object* where = value ? value->get_if<Object>() : nullptr;
  if (where == nullptr)
    throw Failure(ExitCode::kUsage, "--where is no JSON object", "write it as --where '{\"score\":{\"$gt\":100}}'");
  return *where;
}

/// One run of the command.
class ExportRun {
 public:
  ExportRun(Session& session, const ExportFlags& flags)
      : session_(session),
        flags_(flags),
        where_(read_where(flags.where)),
        place_(open_place(session)),
        progress_(session.flags().is_quiet) {}

  void run() {
    check_files();
    const std::vector<transfer::ExportOutput> outputs = plan();
    if (session_.is_dry_run()) return report_plan(outputs);
    if (fetches_files()) {
      const auto timeout =
          std::chrono::milliseconds(static_cast<std::int64_t>(session_.flags().timeout_seconds * 1000));
      files_ =
          std::make_unique<transfer::FileDownload>(fs::path(flags_.to) / "files", timeout, interruption_.is_asked());
    }
    for (const transfer::ExportOutput& output : outputs) write(output);
    progress_.clear();
    report(outputs);
  }

 private:
  const schema::Schema& schema() const { return place_.source->schema(); }

  bool fetches_files() const { return flags_.files == "content"; }

  void check_files() {
    if (!fetches_files()) return;
    if (session_.target().server.empty())
      throw Failure(ExitCode::kUsage, "a database knows only the names of files, not where they are",
                    "export them through a running server: --server URL");
    if (!is_folder(flags_) || flags_.to.empty())
      throw Failure(ExitCode::kUsage, "--files content needs a folder", "add --to FOLDER/");
  }

  std::vector<transfer::ExportOutput> plan() {
    if (!is_folder(flags_)) return {plan_file()};
    if (flags_.to.empty()) throw Failure(ExitCode::kUsage, "nothing says where to export to", "add --to FOLDER");
    if (!where_.empty() && flags_.classes.empty())
      throw Failure(ExitCode::kUsage, "--where needs the class it is about", "name one class");
    std::vector<transfer::ExportOutput> outputs;
    for (const std::string& name : flags_.classes.empty() ? transfer::all_classes(schema()) : flags_.classes) {
      outputs.push_back(output_of(name));
      for (const transfer::RelationName& relation : transfer::relations_of(class_named(name)))
        outputs.push_back(output_of(transfer::join_name(relation)));
    }
    if (!session_.is_dry_run()) fs::create_directories(flags_.to);
    std::erase_if(outputs, [&](const transfer::ExportOutput& output) { return is_there(output.path); });
    return outputs;
  }

  transfer::ExportOutput plan_file() {
    const std::string& name = flags_.classes.front();
    const auto relations = transfer::relations_of(class_named(name));
    if (!relations.empty())
      session_.output().remark(fmt::format("The members of its {} are left out; --to FOLDER/ exports them too.",
                                           relations.size() == 1 ? "relation" : "relations"));
    transfer::ExportOutput output{name, where_, flags_.to.empty() ? "-" : flags_.to, format_of(flags_)};
    if (output.path != "-") is_there(output.path);
    return output;
  }

  const schema::ClassSchema& class_named(const std::string& name) const {
    if (const schema::ClassSchema* found = schema().find(name)) return *found;
    throw Failure(ExitCode::kNotFound, fmt::format("there is no class {}", name), "'parsectl schema list' lists them");
  }

  transfer::ExportOutput output_of(const std::string& name) const {
    const fs::path file = fs::path(flags_.to) / fmt::format("{}.{}", name, transfer::name_of(format_of(flags_)));
    return {name, where_, file.string(), format_of(flags_)};
  }

  /// True for a file that an export before has finished.
  bool is_there(const std::string& path) const {
    if (flags_.overwrites || !fs::exists(path)) return false;
    if (flags_.resumes) return true;
    throw Failure(ExitCode::kConflict, fmt::format("{} exists", path),
                  "add --overwrite to write it anew, or --resume to go on with an export that was cut short");
  }

  void write(const transfer::ExportOutput& output) {
    try {
      transfer::ExportParts parts{
          .source = *place_.source, .is_stopped = interruption_.is_asked(), .on_progress = [&](std::uint64_t count) {
            progress_.show(output.class_name, count);
          }};
      if (files_) parts.on_object = [&](const Object& object) { files_->fetch_files_of(object); };
      counts_.push_back(transfer::export_file(parts, output));
    } catch (const transfer::Interrupted&) {
      progress_.clear();
      throw Failure(ExitCode::kInterrupted,
                    fmt::format("interrupted; {} of the files are whole, {} is not", counts_.size(), output.path),
                    output.path == "-" ? "" : "run it again with --resume to go on with the others");
    } catch (const client::Refusal&) {
      throw;
    } catch (const client::Unreachable&) {
      throw;
    } catch (const Error& error) {
      progress_.clear();
      const bool is_of_query = error.code() != ErrorCode::kInternal && error.code() != ErrorCode::kTimeout;
      throw Failure(is_of_query ? ExitCode::kUsage : ExitCode::kFailed, text_of(error),
                    is_of_query ? "" : fmt::format("{} is not whole; {} files are", output.path, counts_.size()));
    }
  }

  void report_plan(const std::vector<transfer::ExportOutput>& outputs) {
    object::Array rows;
    for (const transfer::ExportOutput& output : outputs)
      rows.emplace_back(Object{{"className", output.class_name}, {"file", output.path}});
    session_.output().rows({"className", "file"}, rows);
  }

  /// Standard output has the objects, and nothing else.
  void report(const std::vector<transfer::ExportOutput>& outputs) {
    std::uint64_t total = 0;
    object::Array files;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      total += counts_[i];
      files.emplace_back(Object{{"className", outputs[i].class_name},
                                {"file", outputs[i].path},
                                {"rows", static_cast<std::int64_t>(counts_[i])}});
    }
    const std::string text =
        fmt::format("{} rows exported into {}", with_commas(total),
                    is_folder(flags_) ? fmt::format("{} files of {}", files.size(), flags_.to) : flags_.to);
    if (!outputs.empty() && outputs.front().path == "-")
      session_.output().remark(fmt::format("{} rows exported", with_commas(total)));
    else
      report_all(text, Object{{"rows", static_cast<std::int64_t>(total)}, {"files", std::move(files)}});
  }

  void report_all(std::string text, Object result) {
    if (!files_) return session_.output().done(text, result);
    const transfer::DownloadReport& report = files_->report();
    for (const std::string& reason : report.reasons) session_.output().remark("not fetched: " + reason);
    const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
    result.append(
        "contents",
        Object{{"fetched", number(report.fetched)}, {"kept", number(report.kept)}, {"failed", number(report.failed)}});
    text += fmt::format("; {} contents fetched, {} were there", with_commas(report.fetched), with_commas(report.kept));
    session_.output().done(text, result);
    if (report.failed > 0)
      throw Failure(ExitCode::kPartly,
                    fmt::format("{} contents of files could not be fetched", with_commas(report.failed)),
                    "run it again with --overwrite: those that are there are kept");
  }

  Session& session_;
  const ExportFlags& flags_;
  const Object where_;
  Place place_;
  ProgressLine progress_;
  Interruption interruption_;
  std::unique_ptr<transfer::FileDownload> files_;
  std::vector<std::uint64_t> counts_;
};

}  // namespace

void add_export_commands(Commands& commands) {
  const auto flags = std::make_shared<ExportFlags>();
  CLI::App& command = commands.add(commands.root(), "export", "Write objects to NDJSON, JSON or CSV files",
                                   [flags](Session& session) { ExportRun(session, *flags).run(); });
  command.add_option("classes", flags->classes, "Classes to export; none: the whole app")->type_name("CLASS");
  command.add_option("--to", flags->to, "File of a single class, or folder; - is standard output")->type_name("PATH");
  command.add_option("--format", flags->format, "ndjson, json or csv [ndjson, or as the file's name tells]")
      ->check(CLI::IsMember({"ndjson", "json", "csv"}))
      ->type_name("FORMAT");
  command.add_option("--where", flags->where, "Only the objects that match")->type_name("JSON");
  command
      .add_option(
          "--files", flags->files,
          "What to take of File values: reference, their name and url, or content, what they name too [reference]")
      ->check(CLI::IsMember({"reference", "content"}))
      ->type_name("WHAT");
  command.add_flag("--overwrite", flags->overwrites, "Write files anew that exist");
  command.add_flag("--resume", flags->resumes, "Keep files that exist, and write the others");
  command.footer(kFooter);
}

}  // namespace parse::ctl
