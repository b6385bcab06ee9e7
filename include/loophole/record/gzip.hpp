/// gzip: tables that are too large to keep plain.
///
/// What pandas, R and DuckDB read without being told and without anything installed beside them. The same text gives
/// the same bytes: no name and no time stands in the file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace loophole::record {

class Gzip {
 public:
  Gzip();
  Gzip(Gzip&& other) noexcept;
  Gzip& operator=(Gzip&& other) noexcept;
  ~Gzip();

  /// Takes more text; what is ready of the file.
  [[nodiscard]] std::string add(std::string_view text);
  /// The rest of the file; nothing can be added any more.
  [[nodiscard]] std::string finish();

 private:
  struct Stream;

  std::unique_ptr<Stream> stream_;
};

}  // namespace loophole::record
