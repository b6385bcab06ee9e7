#include <loophole/world/hitting_sets.hpp>

#include <boost/dynamic_bitset.hpp>

#include <algorithm>
#include <utility>

namespace loophole::world {
namespace {

using Set = boost::dynamic_bitset<>;

/// An edge that contains another is hit whenever that one is.
std::vector<Set> without_dominated(const std::vector<std::vector<std::size_t>>& edges, std::size_t vertices) {
  std::vector<Set> sets;
  for (const std::vector<std::size_t>& edge : edges) {
    Set set(vertices);
    for (const std::size_t vertex : edge)
      set.set(vertex);
    sets.push_back(std::move(set));
  }
  std::stable_sort(sets.begin(), sets.end(), [](const Set& a, const Set& b) { return a.count() < b.count(); });
  std::vector<Set> kept;
  for (const Set& set : sets)
    if (std::none_of(kept.begin(), kept.end(), [&](const Set& smaller) { return smaller.is_subset_of(set); }))
      kept.push_back(set);
  return kept;
}

/// The sets of one size. A set under construction stays minimal by keeping, for each of its vertices, the edges that it
/// alone hits (its critical edges): a vertex that takes the last one from another is never added.
class Search {
 public:
  Search(const std::vector<Set>& edges, std::size_t vertices, std::size_t most, HittingSets& found)
      : edges_(edges), most_(most), found_(found), edges_of_(vertices, Set(edges.size())) {
    for (std::size_t e = 0; e < edges.size(); ++e)
      for (std::size_t v = edges[e].find_first(); v != Set::npos; v = edges[e].find_next(v))
        edges_of_[v].set(e);
  }

  /// Whether there may be larger sets.
  bool run(std::size_t size) {
    size_ = size;
    stopped_by_size_ = false;
    candidates_ = Set(edges_of_.size());
    candidates_.set();
    extend(Set(edges_.size()).set(), {});
    return stopped_by_size_;
  }

 private:
  /// A lower bound on how many more vertices are needed: edges that share no candidate need one each.
  std::size_t needed(const Set& unhit) const {
    std::size_t count = 0;
    Set used(candidates_.size());
    for (std::size_t e = unhit.find_first(); e != Set::npos; e = unhit.find_next(e)) {
      const Set open = edges_[e] & candidates_;
      if (open.intersects(used)) continue;
      used |= open;
      ++count;
    }
    return count;
  }

  /// The edge with the fewest candidates, so that the search branches least.
  std::size_t narrowest(const Set& unhit) const {
    std::size_t best = Set::npos, least = Set::npos;
    for (std::size_t e = unhit.find_first(); e != Set::npos; e = unhit.find_next(e)) {
      const std::size_t count = (edges_[e] & candidates_).count();
      if (count >= least) continue;
      least = count;
      best = e;
    }
    return best;
  }

  void extend(const Set& unhit, const std::vector<Set>& critical) {
    if (unhit.none()) {
      if (chosen_.size() == size_) report();
      return;
    }
    if (chosen_.size() + needed(unhit) > size_) {
      stopped_by_size_ = true;
      return;
    }
    const Set branches = edges_[narrowest(unhit)] & candidates_;
    candidates_ -= branches;
    for (std::size_t v = branches.find_first(); v != Set::npos && found_.complete; v = branches.find_next(v)) {
      std::vector<Set> still = critical;
      bool minimal = true;
      for (Set& each : still) {
        each -= edges_of_[v];
        minimal = minimal && each.any();
      }
      if (!minimal) continue;
      still.push_back(unhit & edges_of_[v]);
      chosen_.push_back(v);
      extend(unhit - edges_of_[v], still);
      chosen_.pop_back();
      candidates_.set(v);
    }
    candidates_ |= branches;
  }

  void report() {
    if (found_.sets.size() == most_) {
      found_.complete = false;
      return;
    }
    found_.sets.push_back(chosen_);
    std::sort(found_.sets.back().begin(), found_.sets.back().end());
  }

  const std::vector<Set>& edges_;
  std::size_t most_;
  HittingSets& found_;
  std::vector<Set> edges_of_;
  std::size_t size_ = 0;
  bool stopped_by_size_ = false;
  Set candidates_;
  std::vector<std::size_t> chosen_;
};

}  // namespace

HittingSets minimal_hitting_sets(const std::vector<std::vector<std::size_t>>& edges, std::size_t most) {
  std::size_t vertices = 0;
  for (const std::vector<std::size_t>& edge : edges)
    for (const std::size_t vertex : edge)
      vertices = std::max(vertices, vertex + 1);
  const std::vector<Set> reduced = without_dominated(edges, vertices);
  HittingSets found;
  if (!reduced.empty() && reduced.front().none()) return found;
  Search search(reduced, vertices, most, found);
  for (std::size_t size = 0; search.run(size) && found.complete; ++size) {
  }
  std::sort(found.sets.begin(), found.sets.end(),
            [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
  return found;
}

}  // namespace loophole::world
