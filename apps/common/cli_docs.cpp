#include "apps/common/cli_docs.h"

#include <filesystem>
#include <fstream>
#include <ostream>

#include "config/print.h"

namespace parse::apps {
namespace {

bool write_file(const std::filesystem::path& path, const std::string& text) {
  std::error_code ignored;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ignored);
  std::ofstream file(path, std::ios::binary);
  return static_cast<bool>(file << text) && static_cast<bool>(file.flush());
}

bool write_completions(const std::filesystem::path& folder) {
  return write_file(folder / "parse-server.bash", bash_completion()) &&
         write_file(folder / "_parse-server", zsh_completion()) &&
         write_file(folder / "parse-server.fish", fish_completion());
}

}  // namespace

int generate_docs(const CliInput& input, CliOutput output) {
  if (input.args.size() < 3 || input.args.size() % 2 == 0) {
    output.err << "Usage: parse-server generate [--man DIR] [--completions DIR] [--example FILE]\n";
    return kExitUsage;
  }
  for (std::size_t i = 1; i < input.args.size(); i += 2) {
    const std::filesystem::path target = input.args[i + 1];
    bool written = false;
    if (input.args[i] == "--man") written = write_file(target / "parse-server.1", man_page(input.version));
    if (input.args[i] == "--completions") written = write_completions(target);
    if (input.args[i] == "--example") written = write_file(target, config::example_toml());
    if (written) continue;
    output.err << "'generate' cannot do " << input.args[i] << ' ' << target.string() << '\n';
    return kExitUsage;
  }
  return kExitSuccess;
}

}  // namespace parse::apps
