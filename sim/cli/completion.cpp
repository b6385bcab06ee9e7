/// Completions for shells, from the same descriptions as --help.
#include "verbs.hpp"

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
    cases += fmt::format("    {}) words='{}' taking='{}' first='{}' ;;\n", verb.name, switches.substr(1), with_argument,
                         fmt::join(verb.words, " "));
  }
  return fmt::format(
      R"(# bash completion for loophole
_loophole() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words taking first
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
  elif [[ $COMP_CWORD -eq 2 && -n $first ]]; then
    COMPREPLY=($(compgen -W "$first" -- "$word"))
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
    if (!verb.words.empty()) cases += fmt::format("        '1:word:({})' \\\n", fmt::join(verb.words, " "));
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
  for (const VerbDescription& verb : verbs) {
    const std::string words = fmt::format("{}", fmt::join(verb.words, " "));
    if (!words.empty())
      text += fmt::format(
          "complete -c loophole -n '__fish_seen_subcommand_from {}; and not __fish_seen_subcommand_from {}' -f -a "
          "'{}'\n",
          verb.name, words, words);
    for (const OptionDescription& option : verb.options)
      text += fmt::format("complete -c loophole -n '__fish_seen_subcommand_from {}' -l {}{} -d '{}'\n", verb.name,
                          option.name, option.argument.empty() ? "" : " -r", in_quotes(option.text));
  }
  return text;
}

struct Shell {
  const char* name;
  std::string (*script)(const Verbs& verbs);
};
constexpr Shell shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

}  // namespace

int completion(const Console& console) {
  Options options("completion SHELL",
                  "Prints what a shell needs to complete verbs, options and files. SHELL is bash, zsh or fish. An\n"
                  "installed loophole has them where the shells look for them.",
                  "  source <(loophole completion bash)\n"
                  "  loophole completion zsh > ~/.zfunc/_loophole\n"
                  "  loophole completion fish > ~/.config/fish/completions/loophole.fish\n");
  options.take_word("shell", shells);
  options.take_one("shell");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  const auto shell = options.taken_word(problems);
  print(problems, console.err);
  if (!shell) return usage;
  fmt::print(console.out, "{}", shells[*shell].script(described_verbs()));
  return ok;
}

}  // namespace loophole::cli
