#include "apps/common/cli_docs.h"

#include <filesystem>
#include <ostream>

#include "apps/common/doc_text.h"
#include "config/print.h"

namespace parse::apps {
namespace {

bool write_completions(const std::filesystem::path& folder) {
  return write_document(folder / "parse-server.bash", bash_completion()) &&
         write_document(folder / "_parse-server", zsh_completion()) &&
         write_document(folder / "parse-server.fish", fish_completion());
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
    if (input.args[i] == "--man") written = write_document(target / "parse-server.1", man_page(input.version));
    if (input.args[i] == "--completions") written = write_completions(target);
    if (input.args[i] == "--example") written = write_document(target, config::example_toml());
    if (written) continue;
    output.err << "'generate' cannot do " << input.args[i] << ' ' << target.string() << '\n';
    return kExitUsage;
  }
  return kExitSuccess;
}

}  // namespace parse::apps
