#include <loophole/scenario/node.hpp>

#include <algorithm>

namespace loophole::scenario {

Place place_of(const Files& files, Mark mark) {
  return {mark.file < files.size() ? files[mark.file].name : std::string{}, mark.line, mark.column};
}

const Member* Node::find_member(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.key == key; });
  return found == members.end() ? nullptr : &*found;
}

const Node* Node::find(std::string_view key) const {
  const Member* member = find_member(key);
  return member ? &member->value : nullptr;
}

Node* Node::find(std::string_view key) {
  const auto found = std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

Size measure(const Node& node) {
  Size size{1 + node.scalar.size() / 64, 0};
  const auto add = [&](const Node& child) {
    const Size inner = measure(child);
    size.values += inner.values;
    size.depth = std::max(size.depth, inner.depth + 1);
  };
  for (const Node& item : node.items)
    add(item);
  for (const Member& member : node.members)
    add(member.value);
  return size;
}

}  // namespace loophole::scenario
