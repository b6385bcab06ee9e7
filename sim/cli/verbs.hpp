/// The verbs of the command line, and what they share.
#pragma once

#include <loophole/base/diagnostics.hpp>
#include <loophole/base/time.hpp>
#include <loophole/cli/cli.hpp>
#include <loophole/record/files.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/scenario/document.hpp>

#include <boost/program_options.hpp>

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace loophole::cli {

/// An option as help, the manual and shells' completions show it.
struct OptionDescription {
  std::string name;      ///< "replications"
  std::string argument;  ///< "N"; empty of a switch
  std::string text;
};

/// What a verb is and takes, in words.
struct VerbDescription {
  std::string name, summary;
  std::string usage;  ///< "run FILE... [options]"
  std::string about;
  std::string examples;  ///< a command a line, two spaces before it
  std::vector<OptionDescription> options;
  std::vector<std::string> words;  ///< of which the first argument is one; empty where it is a file or whatever
};

/// Where a verb reads and writes.
struct Console {
  std::vector<std::string> arguments;  ///< after the verb
  std::ostream& out;
  std::ostream& err;
  VerbDescription* description = nullptr;  ///< when given, the verb tells what it takes, and does nothing else
};

struct Verb {
  const char* name;
  const char* summary;
  int (*call)(const Console&);
};

int validate(const Console& console);
int show(const Console& console);
int run_scenarios(const Console& console);
int find(const Console& console);
int why(const Console& console);
int compare(const Console& console);
int analyze(const Console& console);
int completion(const Console& console);
int manual(const Console& console);
int attribute(const Console& console);
int defend(const Console& console);
int sweep(const Console& console);
int submit(const Console& console);
int status(const Console& console);
int merge(const Console& console);
int plot(const Console& console);
int write_report(const Console& console);
int schema(const Console& console);
int write_starter(const Console& console);

/// Of every verb, in the order of their names.
[[nodiscard]] std::vector<VerbDescription> described_verbs();
/// All of them, likewise.
[[nodiscard]] std::span<const Verb> all_verbs();
/// What the program's exit status means, in sentences.
inline constexpr const char* exit_statuses =
    "0 fine; 1 the run, an expectation or a file failed; 2 wrong usage or invalid input.";

/// What a verb that runs scenarios is told about them.
struct RunChoices {
  std::vector<scenario::Override> overrides;
  std::optional<Time> as_of;
  std::string resolution;  ///< of segments that choose none; empty: the scenario's
  std::uint64_t seed = 1;
};

/// What a verb that runs ensembles is told about them.
struct EnsembleChoices {
  std::optional<std::uint32_t> replications;
  record::Uncertainties uncertainties = record::Uncertainties::sampled;
  unsigned threads = 1;
};

/// Where a verb writes, and whether it waits for the disk.
struct FolderChoices {
  std::string out;  ///< empty: the usual folder
  record::Durability durability = record::Durability::synced;
};

/// A verb's options and help: "usage: loophole VERB …", the options, examples.
class Options {
 public:
  Options(const char* usage, const char* about, const char* examples);

  [[nodiscard]] boost::program_options::options_description& add() { return visible_; }

  /// Adds --as-of, --resolution and --seed, beside --set.
  void add_run_choices();
  /// What they asked for; what is no date or seed goes into `problems`.
  [[nodiscard]] RunChoices run_choices(Diagnostics& problems) const;
  /// Adds --replications, --at-nominal and --threads.
  void add_ensemble_choices();
  /// What they asked for; what is no number of them goes into `problems`.
  [[nodiscard]] EnsembleChoices ensemble_choices(Diagnostics& problems) const;
  /// Adds --threads alone.
  void add_threads();
  /// By default one for each processor; what is no number of them goes into `problems`.
  [[nodiscard]] unsigned threads(Diagnostics& problems) const;
  /// Adds --no-fsync, and with --out before it the folder.
  void add_durability();
  void add_folder_choices();
  [[nodiscard]] FolderChoices folder_choices() const;
  enum class Need { optional, required };
  /// A date given to an option; what is no date, or lacks though it is required, goes into `problems`.
  [[nodiscard]] static std::optional<Time> date(const char* option, const std::string& text, Diagnostics& problems,
                                                Need need = Need::optional);

  /// Adds --set, which may be repeated.
  void add_overrides();
  /// What --set asked for; what is no PATH=VALUE goes into `problems`.
  [[nodiscard]] std::vector<scenario::Override> overrides(Diagnostics& problems) const;

  /// The verb may be called without a file.
  void need_no_file() { need_ = Need::optional; }
  /// The verb takes one file, folder … at a time: `what` it is, in the singular.
  void take_one(const char* what) { one_ = what; }

  /// The first argument is the name of one of these; `what` they are, in the singular. Shells offer them.
  template <class Named>
  void take_word(const char* what, const Named& all) {
    first_ = what;
    for (const auto& each : all)
      first_words_.emplace_back(each.name);
  }
  /// Which of them was given, by its place; nothing where none is. What is none of them goes into `problems`.
  [[nodiscard]] std::optional<std::size_t> taken_word(Diagnostics& problems) const;

  /// Reads the arguments; files are positional. False when the verb is to stop with `status()`: after --help, or
  /// after a mistake, which is reported with a suggestion.
  [[nodiscard]] bool parse(const Console& console);
  [[nodiscard]] int status() const { return status_; }

  [[nodiscard]] const boost::program_options::variables_map& values() const { return values_; }
  /// What a text option was given; empty where it was not.
  [[nodiscard]] std::string word(const char* option) const;
  /// The same of one that may be repeated.
  [[nodiscard]] std::vector<std::string> words(const char* option) const;
  /// A number given to a text option; nothing where it was not. What is no number goes into `problems`.
  [[nodiscard]] std::optional<double> number(const char* option, Diagnostics& problems) const;
  /// A whole number from `least` to `most`, likewise.
  [[nodiscard]] std::optional<std::uint64_t> whole(const char* option, std::uint64_t least, std::uint64_t most,
                                                   Diagnostics& problems) const;
  [[nodiscard]] const std::vector<std::string>& files() const { return files_; }

 private:
  void print_help(std::ostream& out) const;
  void describe(VerbDescription& description) const;

  const char* usage_;
  const char* about_;
  const char* examples_;
  boost::program_options::options_description visible_;
  boost::program_options::variables_map values_;
  std::vector<std::string> files_;
  std::vector<std::string> sets_;
  std::string as_of_, resolution_, seed_, replications_, threads_, out_;
  Need need_ = Need::required;   ///< of a file
  const char* one_ = nullptr;    ///< what only one is taken of; null: any number of files
  const char* first_ = nullptr;  ///< what the first argument is, if it is a word
  std::vector<std::string> first_words_;
  int status_ = ok;
};

/// Digits alone, up to 2^64 - 1; nothing where the text is something else.
[[nodiscard]] std::optional<std::uint64_t> whole_number(const std::string& text);

/// A format that is none of those known goes into `problems`.
void check_format(const std::string& format, const std::vector<std::string>& known, Diagnostics& problems);

/// A number of something that an option was given, from 1 to `most`; 0, with a diagnostic, where it is none.
[[nodiscard]] std::uint32_t count_of(const char* option, const std::string& text, const char* what, std::uint32_t most,
                                     const char* example, Diagnostics& problems);
inline constexpr std::uint32_t most_threads = 1024;

/// Writes diagnostics, sorted; in colours on a terminal.
void print(const Diagnostics& diagnostics, std::ostream& err);

/// The files without those that hold observations or studies, which are named on `err`: all lie in a case's folder, and
/// "*.yaml" means its scenarios. A single file is what was meant.
[[nodiscard]] std::vector<std::string> scenarios_among(const std::vector<std::string>& files, std::ostream& err);

/// Whether the stream is the program's standard output or error, and a terminal.
[[nodiscard]] bool is_terminal(const std::ostream& stream);

/// Whether the stream is a terminal that shows colours (NO_COLOR is respected).
[[nodiscard]] bool shows_colours(const std::ostream& stream);

}  // namespace loophole::cli
