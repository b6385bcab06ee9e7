#include <loophole/record/gzip.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <zlib.h>

namespace loophole::record {

struct Gzip::Stream {
  Stream() {
    constexpr int largest_window = 15, as_gzip = 16, usual_memory = 8;
    // The numbers of a table hardly compress: more effort takes four times as long for six per cent.
    if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, largest_window + as_gzip, usual_memory, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();
  }
  ~Stream() { deflateEnd(&z); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// Compresses `text`, to the end of the file with Z_FINISH.
  std::string run(std::string_view text, int flush) {
    std::string out;
    while (true) {
      const auto part = std::min<std::size_t>(text.size(), std::numeric_limits<uInt>::max());
      z.next_in =
          reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT: C interface, which does not write
      z.avail_in = static_cast<uInt>(part);
      text.remove_prefix(part);
      do {
        const std::size_t have = out.size();
        constexpr std::size_t room = 1 << 16;
        out.resize(have + room);
        z.next_out = reinterpret_cast<Bytef*>(out.data() + have);  // NOLINT: C interface
        z.avail_out = room;
        if (deflate(&z, text.empty() ? flush : Z_NO_FLUSH) == Z_STREAM_ERROR)
          throw std::logic_error("a compressed file that has ended goes on");
        out.resize(have + room - z.avail_out);
      } while (z.avail_out == 0);
      if (text.empty()) return out;
    }
  }

  z_stream z{};
};

Gzip::Gzip() : stream_(std::make_unique<Stream>()) {}
Gzip::Gzip(Gzip&& other) noexcept = default;
Gzip& Gzip::operator=(Gzip&& other) noexcept = default;
Gzip::~Gzip() = default;

std::string Gzip::add(std::string_view text) { return stream_->run(text, Z_NO_FLUSH); }
std::string Gzip::finish() { return stream_->run({}, Z_FINISH); }

}  // namespace loophole::record
