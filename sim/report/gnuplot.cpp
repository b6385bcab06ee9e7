#include <loophole/report/gnuplot.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT: POSIX names it so

namespace loophole::report {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, int error) {
  throw std::runtime_error(fmt::format("{}: {}", what, std::strerror(error)));
}

/// Vanishes with its owner.
class WorkFolder {
 public:
  WorkFolder() {
    std::string name = (fs::temp_directory_path() / "loophole-plot-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) fail("no temporary folder can be made", errno);
    path_ = name;
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const {
    errno = 0;
    std::ofstream stream(path_ / name, std::ios::binary);
    stream << text;
    if (!stream.flush()) fail((path_ / name).string(), errno == 0 ? EIO : errno);
  }

 private:
  fs::path path_;
};

/// The environment, with numbers and texts in no language but C.
std::vector<std::string> plain_environment() {
  std::vector<std::string> variables;
  for (char** each = environ; *each != nullptr; ++each)
    if (std::strncmp(*each, "LC_", 3) != 0 && std::strncmp(*each, "LANG", 4) != 0 &&
        std::strncmp(*each, "GNUTERM", 7) != 0)
      variables.emplace_back(*each);
  variables.emplace_back("LC_ALL=C.UTF-8");
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  result.reserve(words.size() + 1);
  for (std::string& word : words)
    result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

/// The exit status; what it says goes into the file "said". Not by a shell: nothing here is to be interpreted.
int run(std::vector<std::string> command, const fs::path& folder) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 1, "said", O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::posix_spawn_file_actions_adddup2(&actions, 1, 2);
  std::vector<std::string> variables = plain_environment();
  ::pid_t child = 0;
  const std::string program = command.front();
  const int error =
      ::posix_spawn(&child, program.c_str(), &actions, nullptr, pointers(command).data(), pointers(variables).data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) fail(program + " cannot be started", error);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) fail(program, errno);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

}  // namespace

std::optional<std::string> find_program(const std::string& name) {
  const auto can_run = [](const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
  };
  if (name.find('/') != std::string::npos)
    return can_run(name) ? std::optional(fs::absolute(name).string()) : std::nullopt;
  const char* const path = std::getenv("PATH");  // NOLINT: no other thread changes the environment
  std::string_view rest = path != nullptr ? path : "/usr/bin:/bin";
  while (true) {
    const std::size_t end = rest.find(':');
    const fs::path folder = end == 0 || rest.empty() ? fs::path(".") : fs::path(rest.substr(0, end));
    if (can_run(folder / name)) return fs::absolute(folder / name).string();
    if (end == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(end + 1);
  }
}

Drawing draw(const std::string& gnuplot, const Picture& picture, const std::vector<std::string>& formats) {
  const WorkFolder folder;
  const std::string script = picture.name + ".gp";
  folder.write(script, picture.script);
  folder.write(picture.name + ".dat", picture.data);
  const int status = run({gnuplot, "-d", script}, folder.path());
  Drawing drawing;
  for (const std::string& format : formats) {
    const std::string name = picture.name + "." + format;
    auto content = record::content_of(folder.path() / name);
    if (status == 0 && content && !content->empty()) {
      drawing.files.push_back({name, std::move(*content)});
      continue;
    }
    drawing.problem = record::content_of(folder.path() / "said").value_or("");
    if (drawing.problem.empty()) drawing.problem = fmt::format("it left no {} (exit status {})", name, status);
    break;
  }
  return drawing;
}

}  // namespace loophole::report
