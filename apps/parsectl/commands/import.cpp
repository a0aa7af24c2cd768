#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/error_text.h"
#include "apps/parsectl/interruption.h"
#include "apps/parsectl/open_storage.h"
#include "apps/parsectl/progress_line.h"
#include "transfer/dry_target.h"
#include "transfer/file_upload.h"
#include "transfer/import_file.h"
#include "transfer/rest_target.h"
#include "transfer/storage_target.h"

namespace parse::ctl {
namespace {

namespace fs = std::filesystem;
using object::Object;
using transfer::Counts;

constexpr const char* kFooter =
    "A row whose object cannot be stored goes to the file of rejects with its line and the reason, and the import "
    "goes\n"
    "on; the exit code is 7 then. An import that was cut short, by Ctrl-C or by a fault, goes on where it stopped "
    "when\n"
    "the same command is run again. Rows without an objectId get one that a second run gives them again.\n"
    "A running server takes objectIds only with its option allowCustomObjectId, and createdAt, updatedAt and the "
    "hashes\n"
    "of passwords only with its maintenance key; --database keeps everything.\n"
    "--files sends the files of a folder, as export --files content makes it, to the server first, each once, and\n"
    "gives the File values of rows the names that the server chose.\n"
    "\n"
    "Examples:\n"
    "  parsectl --database sqlite:./data/parse.db import ./export\n"
    "  parsectl import ./export --files ./export/files\n"
    "  parsectl import Game.ndjson --on-conflict skip --rejects bad-rows.ndjson\n"
    "  parsectl import scores.csv --class GameScore --dry-run";

struct ImportFlags {
  std::string path;
  std::vector<std::string> classes;
  std::string format;
  std::string on_conflict = "fail";
  std::string rejects;
  std::string state;
  std::string maintenance_key;
  std::string files;
  bool restarts = false;
};

/// Where the objects go, and what has to stay open meanwhile.
struct Place {
  std::unique_ptr<storage::Adapter> storage;
  std::unique_ptr<transfer::Target> real;
  std::unique_ptr<transfer::Target> dry;
  std::string name;

  transfer::Target& target() { return dry ? *dry : *real; }
  void close() {
    dry.reset();
    real.reset();
    storage.reset();
  }
};

Place open_place(Session& session, const ImportFlags& flags) {
  Place place;
  const Target& where = session.target();
  if (where.server.empty()) {
    place.storage = open_storage(where.database, session.is_dry_run() ? WhenMissing::kRefuse : WhenMissing::kMake);
    const bool is_bulk = is_database_in_file(where.database) && flags.on_conflict != "replace";
    place.real = std::make_unique<transfer::StorageTarget>(
        *place.storage, transfer::Completion::kAsMade,
        is_bulk ? transfer::Durability::kWhenKept : transfer::Durability::kEachCall);
    place.name = where.database;
  } else {
    std::string key = flags.maintenance_key;
    const auto found = session.environment().find("PARSECTL_MAINTENANCE_KEY");
    if (key.empty() && found != session.environment().end()) key = found->second;
    if (key.empty())
      session.output().remark(
          "The server sets createdAt and updatedAt anew; --maintenanceKey lets it keep those of the file.");
    place.real = std::make_unique<transfer::RestTarget>(session.server(), key);
    place.name = where.server;
  }
  if (session.is_dry_run()) place.dry = std::make_unique<transfer::DryTarget>(*place.real);
  return place;
}

transfer::Format format_of(const ImportFlags& flags, const fs::path& file) {
  if (!flags.format.empty()) return *transfer::format_named(flags.format);
  if (const auto format = transfer::format_of_file(file)) return *format;
  if (file == "-") return transfer::Format::kNdjson;
  throw Failure(ExitCode::kUsage, fmt::format("the name of {} does not tell its format", file.string()),
                "add --format ndjson, json or csv");
}

transfer::ImportInput one_input(const ImportFlags& flags) {
  if (flags.classes.size() > 1) throw Failure(ExitCode::kUsage, "a file holds objects of one class; name one --class");
  if (flags.path == "-" && flags.classes.empty())
    throw Failure(ExitCode::kUsage, "standard input does not tell its class", "add --class NAME");
  const std::string name = flags.classes.empty() ? transfer::class_of_file(flags.path) : flags.classes.front();
  return {flags.path, name, format_of(flags, flags.path)};
}

/// Classes first: the fields of relations come with them.
std::vector<transfer::ImportInput> inputs_of_folder(const ImportFlags& flags, Output& output) {
  std::vector<transfer::ImportInput> inputs;
  for (const auto& entry : fs::directory_iterator(flags.path)) {
    const std::string name = transfer::class_of_file(entry.path());
    const auto& wanted = flags.classes;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end()) continue;
    if (!entry.is_regular_file() || name.starts_with('.')) continue;
    if (const auto format = transfer::format_of_file(entry.path()))
      inputs.push_back({entry.path().string(), name, *format});
    else
      output.remark(
          fmt::format("{} is left out: its name ends in none of .ndjson, .json, .csv", entry.path().string()));
  }
  const auto rank = [](const transfer::ImportInput& input) {
    return std::pair(transfer::read_join_name(input.class_name).has_value(), input.path);
  };
  std::sort(inputs.begin(), inputs.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return inputs;
}

std::vector<transfer::ImportInput> find_inputs(const ImportFlags& flags, Output& output) {
  if (flags.path != "-" && !fs::exists(flags.path))
    throw Failure(ExitCode::kNotFound, fmt::format("there is no file or folder {}", flags.path));
  const bool is_folder = fs::is_directory(flags.path);
  auto inputs = is_folder ? inputs_of_folder(flags, output) : std::vector{one_input(flags)};
  if (inputs.empty())
    throw Failure(ExitCode::kNotFound, fmt::format("there is nothing to import in {}", flags.path),
                  "its files are called after their classes: Game.ndjson, _User.json, _Join:users:_Role.json");
  return inputs;
}

/// "./data/" as "./data", to put something behind it.
std::string beside(const ImportFlags& flags, std::string_view ending) {
  std::string path = flags.path == "-" ? flags.classes.front() : flags.path;
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path + std::string(ending);
}

std::string sentence_of(const Counts& counts) {
  std::string text = fmt::format("{} rows read, {} stored", with_commas(counts.read), with_commas(counts.stored));
  if (counts.replaced > 0) text += fmt::format(", {} replaced", with_commas(counts.replaced));
  if (counts.skipped > 0) text += fmt::format(", {} skipped", with_commas(counts.skipped));
  return text + fmt::format(", {} rejected", with_commas(counts.rejected));
}

Object object_of(const Counts& counts) {
  const auto value = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  return Object{{"read", value(counts.read)},
                {"stored", value(counts.stored)},
                {"replaced", value(counts.replaced)},
                {"skipped", value(counts.skipped)},
                {"rejected", value(counts.rejected)}};
}

transfer::OnConflict conflict_rule(const std::string& name) {
  if (name == "skip") return transfer::OnConflict::kSkip;
  return name == "replace" ? transfer::OnConflict::kReplace : transfer::OnConflict::kFail;
}

/// One run of the command.
class ImportRun {
 public:
  ImportRun(Session& session, const ImportFlags& flags)
      : session_(session),
        flags_(flags),
        inputs_(find_inputs(flags, session.output())),
        place_(open_place(session, flags)),
        rejects_(rejects_path()),
        progress_(session.flags().is_quiet) {}

  void run() {
    check_files();
    open_state();
    try {
      send_files();
      for (const transfer::ImportInput& input : inputs_) run_file(input);
    } catch (const transfer::Interrupted&) {
      fail(ExitCode::kInterrupted, "interrupted");
    } catch (const transfer::Conflict& conflict) {
      if (total().read == 0) state_->forget();
      fail(ExitCode::kConflict, conflict.message(),
           "run it again with --on-conflict skip to leave what exists, or replace to put the rows in its place");
    } catch (const client::Refusal& refusal) {
      if (refusal.code() != ErrorCode::kOperationForbidden) fail(ExitCode::kFailed, refusal.message());
      if (total().read == 0) state_->forget();
      fail(ExitCode::kRefused, refusal.message(),
           "start it with allowCustomObjectId, or stop it and import with --database");
    } catch (const client::Unreachable& error) {
      fail(ExitCode::kUnreachable, error.message());
    } catch (const Error& error) {
      fail_by(error);
    }
    progress_.clear();
    place_.close();
    if (files_) files_->forget();
    state_->forget();
    report();
  }

 private:
  void check_files() const {
    if (flags_.files.empty()) return;
    if (session_.target().server.empty())
      throw Failure(ExitCode::kUsage, "a database has no place for files: they go through a server",
                    "import through a running server: --server URL");
    if (!fs::is_directory(flags_.files))
      throw Failure(ExitCode::kNotFound, fmt::format("there is no folder {}", flags_.files));
  }

  /// Before any row, since rows name them.
  void send_files() {
    if (flags_.files.empty()) return;
    if (session_.is_dry_run()) {
      session_.output().remark(fmt::format("would send {} files", with_commas(transfer::count_files(flags_.files))));
      return;
    }
    const std::string memory = state_->path().empty() ? "" : state_->path() + ".files";
    files_ = std::make_unique<transfer::FileUpload>(session_.server(), flags_.files, memory);
    if (!state_->is_resumed()) files_->forget();
    state_->save();
    files_->run(interruption_.is_asked(), [&](std::uint64_t count) { progress_.show("files", count); });
  }

  std::string rejects_path() const {
    const bool is_input = std::any_of(inputs_.begin(), inputs_.end(), [&](const transfer::ImportInput& input) {
      std::error_code ignored;
      return fs::equivalent(flags_.rejects, input.path, ignored) || fs::equivalent(flags_.state, input.path, ignored);
    });
    if (is_input) throw Failure(ExitCode::kUsage, "--rejects and --state must not name the file that is imported");
    if (session_.is_dry_run()) return flags_.rejects;
    return flags_.rejects.empty() ? beside(flags_, ".rejects") : flags_.rejects;
  }

  void open_state() {
    std::string path = flags_.state.empty() ? beside(flags_, ".import-state") : flags_.state;
    if (session_.is_dry_run() || flags_.path == "-") path.clear();
    if (flags_.restarts && !path.empty()) fs::remove(path);
    try {
      state_ = std::make_unique<transfer::ImportState>(
          path, transfer::ImportState::Identity{fs::absolute(flags_.path).string(), place_.name});
    } catch (const Error& error) {
      const bool is_used = error.code() == ErrorCode::kDuplicateRequest;
      if (is_used) throw Failure(ExitCode::kConflict, error.message(), "wait until it has ended");
      if (error.code() == ErrorCode::kInvalidValue) throw Failure(ExitCode::kConflict, error.message(), begin_anew());
      throw Failure(ExitCode::kFailed, error.message(), "name another file with --state");
    }
    if (!state_->is_resumed()) {
      // Those of an import before would be taken for this one's.
      if (!session_.is_dry_run() && fs::is_regular_file(rejects_.path())) fs::remove(rejects_.path());
      return;
    }
    rejects_.go_on_at(state_->rejects_length);
    session_.output().remark(fmt::format("Going on where the import before was cut short, as {} remembers ({}).", path,
                                         "--restart begins anew"));
  }

  static std::string begin_anew() { return "finish that import, or begin anew with --restart"; }

  void run_file(const transfer::ImportInput& input) {
    done_.emplace_back(input);
    transfer::ImportParts parts{
        .target = place_.target(),
        .state = *state_,
        .rejects = rejects_,
        .is_stopped = interruption_.is_asked(),
        .on_progress = [&](const Counts& counts) { progress_.show(input.class_name, counts.read); },
        .change = {}};
    if (files_) parts.change = [&](Object& row) { files_->rename_files_of(row); };
    using std::chrono::system_clock;
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch());
    transfer::import_file(parts, {.on_conflict = conflict_rule(flags_.on_conflict), .now = now.count()}, input);
  }

  Counts counts_of(const transfer::ImportInput& input) {
    return state_->of_file(input.path, transfer::fingerprint_of(input.path)).counts;
  }

  Counts total() {
    Counts sum;
    for (const transfer::ImportInput& input : done_) sum += counts_of(input);
    return sum;
  }

  /// What was done so far stays, and is said.
  [[noreturn]] void fail(ExitCode code, const std::string& message, std::string fix = {}) {
    progress_.clear();
    name_rejects();
    if (fix.empty())
      fix = flags_.path == "-" || session_.is_dry_run()
                ? "run it again with --on-conflict skip to go on"
                : fmt::format("run the same command again to go on; {} remembers where", state_->path());
    throw Failure(code, fmt::format("{} ({} so far)", message, sentence_of(total())), fix);
  }

  [[noreturn]] void fail_by(const Error& error) {
    switch (error.code()) {
      case ErrorCode::kInvalidValue:
        throw Failure(ExitCode::kConflict, error.message(), begin_anew());
      case ErrorCode::kInvalidClassName:
        fail(ExitCode::kUsage, error.message(), "name the class with --class, or the file after its class");
      case ErrorCode::kInvalidKeyName:
        fail(ExitCode::kNotFound, error.message(),
             "import that class first, or give it the relation with schema add-field");
      case ErrorCode::kInvalidJson:
      case ErrorCode::kIncorrectType:
        fail(ExitCode::kUsage, fmt::format("{}: {}", done_.back().path, error.message()),
             "is it of another format? --format says so");
      default:
        fail(ExitCode::kFailed, text_of(error));
    }
  }

  void name_rejects() {
    for (const std::string& sentence : rejects_.first()) session_.output().remark("rejected " + sentence);
  }

  /// Returns how many files the server did not take.
  std::uint64_t report_files(Object& result) {
    if (!files_) return 0;
    const transfer::UploadReport& report = files_->report();
    for (const std::string& reason : report.reasons) session_.output().remark("not taken: file " + reason);
    const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
    result.set(
        "contents",
        Object{{"sent", number(report.uploaded)}, {"kept", number(report.kept)}, {"refused", number(report.refused)}});
    return report.refused;
  }

  void report() {
    name_rejects();
    const Counts sum = total();
    Object result = object_of(sum);
    object::Array files;
    for (const transfer::ImportInput& input : done_) {
      Object file{{"file", input.path}, {"className", input.class_name}};
      for (const object::Member& member : object_of(counts_of(input))) file.append(member.key, member.value);
      files.emplace_back(std::move(file));
    }
    result.set("files", std::move(files));
    if (sum.rejected > 0 && !rejects_.path().empty()) result.set("rejects", rejects_.path());
    const std::uint64_t refused_files = report_files(result);
    const std::string text = sentence_of(sum) + (session_.is_dry_run() ? " (dry run: nothing was changed)" : "");
    session_.output().done(text, result);
    if (refused_files > 0)
      throw Failure(ExitCode::kPartly,
                    fmt::format("the server did not take {} files; {} of {} rows were rejected",
                                with_commas(refused_files), with_commas(sum.rejected), with_commas(sum.read)),
                    "File values that name them stayed as they are");
    if (sum.rejected == 0) return;
    throw Failure(
        ExitCode::kPartly, fmt::format("{} of {} rows were rejected", with_commas(sum.rejected), with_commas(sum.read)),
        rejects_.path().empty() ? "" : fmt::format("{} has them, with their lines and reasons", rejects_.path()));
  }

  Session& session_;
  const ImportFlags& flags_;
  const std::vector<transfer::ImportInput> inputs_;
  Place place_;
  transfer::Rejects rejects_;
  ProgressLine progress_;
  Interruption interruption_;
  std::unique_ptr<transfer::ImportState> state_;
  std::unique_ptr<transfer::FileUpload> files_;
  std::vector<transfer::ImportInput> done_;
};

}  // namespace

void add_import_commands(Commands& commands) {
  const auto flags = std::make_shared<ImportFlags>();
  CLI::App& command =
      commands.add(commands.root(), "import", "Bring objects in from NDJSON, JSON or CSV files, or a folder of them",
                   [flags](Session& session) { ImportRun(session, *flags).run(); });
  command.add_option("path", flags->path, "File, folder of files called after their classes, or - for standard input")
      ->type_name("PATH")
      ->required();
  command.add_option("--class", flags->classes, "Class of the file; of a folder, the classes to import")
      ->type_name("NAME");
  command.add_option("--format", flags->format, "ndjson, json or csv; else the file's name tells")
      ->check(CLI::IsMember({"ndjson", "json", "csv"}))
      ->type_name("FORMAT");
  command
      .add_option("--on-conflict", flags->on_conflict,
                  "What happens with a row whose objectId exists: fail, skip or replace [fail]")
      ->check(CLI::IsMember({"fail", "skip", "replace"}))
      ->type_name("RULE");
  command.add_option("--rejects", flags->rejects, "File for rows that cannot be stored [PATH.rejects]")
      ->type_name("FILE");
  command.add_option("--state", flags->state, "File that remembers how far the import is [PATH.import-state]")
      ->type_name("FILE");
  command.add_option("--files", flags->files, "Folder whose files go to the server, for the File values of the rows")
      ->type_name("FOLDER");
  command.add_flag("--restart", flags->restarts, "Begin anew instead of going on where an import was cut short");
  command
      .add_option("--maintenanceKey", flags->maintenance_key,
                  "Lets a server keep times and password hashes; better in PARSECTL_MAINTENANCE_KEY")
      ->type_name("KEY");
  command.footer(kFooter);
}

}  // namespace parse::ctl
