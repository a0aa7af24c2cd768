#include "apps/common/doc_text.h"
#include "apps/parsectl/commands.h"
#include "apps/parsectl/docs.h"

namespace parse::ctl {
namespace {

std::string completion_for(const std::string& shell, const CLI::App& root) {
  if (shell == "bash") return bash_completion(root);
  if (shell == "zsh") return zsh_completion(root);
  return fish_completion(root);
}

struct Targets {
  std::string man;
  std::string completions;
};

void write_or_fail(const std::filesystem::path& path, const std::string& text) {
  if (!apps::write_document(path, text)) throw Failure(ExitCode::kFailed, "cannot write " + path.string());
}

void generate(const Targets& targets, const CLI::App& root, const std::string& version) {
  if (!targets.man.empty()) {
    for (const ManPage& page : man_pages(root, version))
      write_or_fail(std::filesystem::path(targets.man) / page.file, page.text);
  }
  if (targets.completions.empty()) return;
  const std::filesystem::path folder = targets.completions;
  write_or_fail(folder / "parsectl.bash", bash_completion(root));
  write_or_fail(folder / "_parsectl", zsh_completion(root));
  write_or_fail(folder / "parsectl.fish", fish_completion(root));
}

}  // namespace

void add_completion_commands(Commands& commands) {
  const auto shell = std::make_shared<std::string>();
  CLI::App& root = commands.root();
  commands
      .add(root, "completion", "Print what makes a shell complete parsectl's commands",
           [shell, &root](Session& session) { session.output().text(completion_for(*shell, root)); })
      .footer("Examples:\n  source <(parsectl completion bash)\n  parsectl completion fish | source")
      ->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  const auto targets = std::make_shared<Targets>();
  CLI::App& generating = commands.add(root, "generate", "Write manual pages and completions",
                                      [=, &root](Session& s) { generate(*targets, root, s.version()); });
  generating.group("");  // for the project itself
  generating.add_option("--man", targets->man, "Folder of the manual pages");
  generating.add_option("--completions", targets->completions, "Folder of the completions");
}

}  // namespace parse::ctl
