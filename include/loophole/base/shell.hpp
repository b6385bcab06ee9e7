/// Words of a command line, as a shell takes them.
#pragma once

#include <string>

namespace loophole {

/// The text as one word of a POSIX shell: as it is where that is one word already, else within quotes.
[[nodiscard]] std::string shell_word(const std::string& text);

}  // namespace loophole
