#include <loophole/engine/outlook.hpp>
#include <loophole/engine/replication.hpp>

#include <algorithm>
#include <utility>

namespace loophole::engine {
namespace {

class OutlookObserver : public Observer {
 public:
  OutlookObserver(const world::Model& model, Time at) : model_(model) {
    // The end does not belong to the horizon: what is dated then does not happen.
    const Time last{model.scenario().horizon.to.seconds - 1};
    outlook_.at = std::min(at, last);
  }

  void on_event(const Happening& happening) override {
    event_ = name_of(happening, model_);
    event_kind_ = kind_of(happening);
  }
  void on_access(const AccessChange& change) override {
    const bool at_start = change.cause == world::no_cause;
    outlook_.changes.push_back({change, at_start ? "" : event_, at_start ? "" : event_kind_});
  }
  void on_date(const Snapshot& at) override {
    outlook_.state = at.state.value();
    outlook_.access = at.access;
  }
  [[nodiscard]] bool wants_state() const override { return true; }
  [[nodiscard]] std::vector<Time> dates() const override { return {outlook_.at}; }

  [[nodiscard]] Outlook take() { return std::move(outlook_); }

 private:
  const world::Model& model_;
  Outlook outlook_;
  std::string event_, event_kind_;
};

}  // namespace

Outlook look(const Setup& setup, std::uint64_t seed, Time at) {
  OutlookObserver observer(setup.model, at);
  Replication(setup, seed, 0, {&observer}).run();
  return observer.take();
}

}  // namespace loophole::engine
