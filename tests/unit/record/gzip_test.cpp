/// Compressed tables, read back by zlib.
#include <loophole/record/gzip.hpp>

#include <catch2/catch.hpp>

#include <random>
#include <zlib.h>

using loophole::record::Gzip;

namespace {

std::string compressed(const std::string& text, std::size_t piece) {
  Gzip gzip;
  std::string file;
  for (std::size_t at = 0; at < text.size(); at += piece)
    file += gzip.add(std::string_view(text).substr(at, piece));
  return file + gzip.finish();
}

std::string read_back(std::string file) {
  z_stream z{};
  constexpr int gzip_only = 15 + 16;
  REQUIRE(inflateInit2(&z, gzip_only) == Z_OK);
  std::string text(1 << 20, '\0');
  z.next_in = reinterpret_cast<Bytef*>(file.data());
  z.avail_in = static_cast<uInt>(file.size());
  z.next_out = reinterpret_cast<Bytef*>(text.data());
  z.avail_out = static_cast<uInt>(text.size());
  CHECK(inflate(&z, Z_FINISH) == Z_STREAM_END);
  CHECK(z.avail_in == 0);
  text.resize(z.total_out);
  inflateEnd(&z);
  return text;
}

}  // namespace

TEST_CASE("what was compressed in pieces reads back as it was, and equal texts are equal bytes") {
  std::mt19937 chance(3);
  // Numbers that hardly compress, so that the file outgrows what is made room for at once.
  std::string text = "id,value\n";
  while (text.size() < 300'000)
    text += std::to_string(chance()) + ',' + std::to_string(chance()) + '\n';
  const std::string file = compressed(text, 1000);
  CHECK(file.size() < text.size() * 2 / 3);
  CHECK(read_back(file) == text);
  CHECK(compressed(text, 1000) == file);
  CHECK(read_back(compressed(text, text.size())) == text);
  CHECK(read_back(compressed("", 1)).empty());
}
