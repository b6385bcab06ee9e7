/// Manual pages, from the same descriptions as --help.
#include "verbs.hpp"
#include <loophole/base/version.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>

namespace loophole::cli {
namespace {

/// Text as roff has to have it: what looks like a request or an escape is neither.
std::string roff(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins_line = i == 0 || text[i - 1] == '\n';
    if (begins_line && (text[i] == '.' || text[i] == '\'')) out += "\\&";
    if (text[i] == '\\')
      out += "\\e";
    else if (text[i] == '-')
      out += "\\-";
    else
      out += text[i];
  }
  return out;
}

/// Without the two spaces in front of each line.
std::string undented(const std::string& text) {
  std::string out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::size_t from = text.compare(begin, 2, "  ") == 0 ? begin + 2 : begin;
    out.append(text, from, end - from).push_back('\n');
    begin = end + 1;
  }
  return out;
}

std::string heading(const std::string& page, const std::string& summary) {
  std::string title = page;
  std::transform(title.begin(), title.end(), title.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return fmt::format(".TH \"{}\" \"1\" \"\" \"loophole {}\" \"loophole\"\n.SH NAME\n{} \\- {}\n", roff(title),
                     roff(version()), roff(page), roff(summary));
}

std::string page_of(const VerbDescription& verb) {
  std::string page = heading("loophole-" + verb.name, verb.summary);
  page += fmt::format(".SH SYNOPSIS\n.B loophole\n{}\n.SH DESCRIPTION\n{}\n.SH OPTIONS\n", roff(verb.usage),
                      roff(verb.about));
  for (const OptionDescription& option : verb.options)
    page +=
        fmt::format(".TP\n\\fB\\-\\-{}\\fR{}{}\n{}\n", roff(option.name), option.argument.empty() ? "" : " ",
                    option.argument.empty() ? "" : fmt::format("\\fI{}\\fR", roff(option.argument)), roff(option.text));
  page += fmt::format(".SH EXIT STATUS\n{}\n.SH EXAMPLES\n.nf\n{}.fi\n.SH SEE ALSO\n.BR loophole (1)\n",
                      roff(exit_statuses), roff(undented(verb.examples)));
  return page;
}

std::string overview(const std::vector<VerbDescription>& verbs) {
  std::string page = heading("loophole", "once this rule is in force, what stays open?");
  page += ".SH SYNOPSIS\n.B loophole\n.I VERB\n[options] FILE...\n.SH DESCRIPTION\n";
  page += roff(
      "A regulatory scenario simulator. A YAML file says who supplies what to whom, through which intermediaries, "
      "under\n"
      "which rules; dated, random and conditional events change the rules; loophole says, day by day, who can still "
      "reach\n"
      "which vendor through which channel, who is paid what, and why.\n");
  page += ".SH VERBS\n";
  std::string others;
  for (const VerbDescription& verb : verbs) {
    page += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(verb.name), roff(verb.summary));
    others += fmt::format("{}.BR loophole\\-{} (1)", others.empty() ? "" : ",\n", roff(verb.name));
  }
  return page + fmt::format(".SH EXIT STATUS\n{}\n.SH SEE ALSO\n{}\n", roff(exit_statuses), others);
}

}  // namespace

int manual(const Console& console) {
  Options options("manual [VERB]",
                  "Prints the manual page of the program, or of one of its verbs. An installed loophole has them all:\n"
                  "'man loophole', 'man loophole-run'.",
                  "  loophole manual run | man -l -\n");
  options.need_no_file();
  options.take_word("verb", all_verbs());
  options.take_one("verb");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  const auto verb = options.taken_word(problems);
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  const std::vector<VerbDescription> verbs = described_verbs();
  fmt::print(console.out, "{}", verb ? page_of(verbs[*verb]) : overview(verbs));
  return ok;
}

}  // namespace loophole::cli
