/// The command line, a word a line, in a folder with a wrong scenario and two small tables: whatever is asked, the
/// answer is an exit status, and a message where it is not 0.
#include "fuzzing.hpp"
#include <loophole/cli/cli.hpp>

#include <fstream>
#include <sstream>
#include <vector>

using namespace loophole;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1000) return 0;
  static const bool prepared = [] {
    std::ofstream("wrong.yaml") << "schema: 1\ntitle: wrong\n";
    std::ofstream("x.csv") << "design_id,a,b\n0,1,2\n1,2,1\n2,3,5\n3,4,4\n4,5,9\n5,6,7\n";
    std::ofstream("y.csv") << "design_id,y\n0,1\n1,2\n2,2\n3,5\n4,7\n5,6\n";
    return true;
  }();
  static_cast<void>(prepared);
  std::vector<std::string> words(1);
  for (const char c : fuzzing::text_of(data, size)) {
    if (c == '\n')
      words.emplace_back();
    else if (c != '\0')
      words.back() += c == '/' ? '_' : c;  // nothing outside of the folder
  }
  // It writes where it is told to, and pictures are drawn by another program.
  if (words.front() == "new" || words.front() == "plot") return 0;
  std::ostringstream out, err;
  const int status = cli::run(words, out, err);
  fuzzing::require(status >= 0 && status <= 2, "an exit status that means nothing");
  fuzzing::require(status != 2 || !err.str().empty(), "refused without a word");
  return 0;
}
