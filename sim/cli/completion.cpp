/// Completions for shells, from the same descriptions as --help.
#include "verbs.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace loophole::cli {
namespace {

using Verbs = std::vector<VerbDescription>;

/// Within single quotes of a shell, and without what zsh takes for the end of a description.
std::string in_quotes(std::string_view text, std::string_view to_escape = {}) {
  std::string out;
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else if (to_escape.find(c) != std::string_view::npos)
      out += std::string("\\") + c;
    else
      out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string bash(const Verbs& verbs) {
  std::string names, cases;
  for (const VerbDescription& verb : verbs) {
    names += (names.empty() ? "" : " ") + verb.name;
    std::string switches, with_argument;
    for (const OptionDescription& option : verb.options) {
      switches += " --" + option.name;
      if (!option.argument.empty()) with_argument += (with_argument.empty() ? "--" : "|--") + option.name;
    }
    cases += fmt::format("    {}) words='{}' taking='{}' ;;\n", verb.name, switches.substr(1), with_argument);
  }
  return fmt::format(
      R"(# bash completion for loophole
_loophole() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words taking
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W '{} --help --version' -- "$word"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
{}    *) return ;;
  esac
  # An option's argument is a file as often as not, and so is what stands alone.
  if [[ $word == -* && ! $before =~ ^($taking)$ ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  else
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}}
complete -F _loophole loophole
)",
      names, cases);
}

std::string zsh(const Verbs& verbs) {
  std::string names, cases;
  for (const VerbDescription& verb : verbs) {
    names += fmt::format("    '{}:{}'\n", verb.name, in_quotes(verb.summary, ":"));
    cases += fmt::format("    {})\n      _arguments \\\n", verb.name);
    for (const OptionDescription& option : verb.options)
      cases += fmt::format("        '--{}[{}]{}' \\\n", option.name, in_quotes(option.text, "[]:"),
                           option.argument.empty() ? "" : fmt::format(":{}:_files", in_quotes(option.argument, ":")));
    cases += "        '*:file:_files'\n      ;;\n";
  }
  return fmt::format(
      R"(#compdef loophole
_loophole() {{
  local -a verbs
  verbs=(
{}  )
  if (( CURRENT == 2 )); then
    _describe verb verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
{}  esac
}}
_loophole "$@"
)",
      names, cases);
}

std::string fish(const Verbs& verbs) {
  std::string text = "# fish completion for loophole\n";
  for (const VerbDescription& verb : verbs)
    text += fmt::format("complete -c loophole -n __fish_use_subcommand -f -a {} -d '{}'\n", verb.name,
                        in_quotes(verb.summary));
  for (const VerbDescription& verb : verbs)
    for (const OptionDescription& option : verb.options)
      text += fmt::format("complete -c loophole -n '__fish_seen_subcommand_from {}' -l {}{} -d '{}'\n", verb.name,
                          option.name, option.argument.empty() ? "" : " -r", in_quotes(option.text));
  return text;
}

}  // namespace

int completion(const Console& console) {
  Options options("completion SHELL",
                  "Prints what a shell needs to complete verbs, options and files. SHELL is bash, zsh or fish. An\n"
                  "installed loophole has them where the shells look for them.",
                  "  source <(loophole completion bash)\n"
                  "  loophole completion zsh > ~/.zfunc/_loophole\n"
                  "  loophole completion fish > ~/.config/fish/completions/loophole.fish\n");
  if (!options.parse(console)) return options.status();
  const std::string& shell = options.files().front();
  if (shell == "bash" || shell == "zsh" || shell == "fish") {
    const Verbs verbs = described_verbs();
    fmt::print(console.out, "{}", shell == "bash" ? bash(verbs) : shell == "zsh" ? zsh(verbs) : fish(verbs));
    return ok;
  }
  print(only(refusal("completion", fmt::format("unknown shell '{}'", shell), "",
                     suggest(shell, {"bash", "zsh", "fish"}))),
        console.err);
  return usage;
}

}  // namespace loophole::cli
