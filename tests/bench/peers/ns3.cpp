// HOLD and M/M/1 in ns-3, with the fastest of its schedulers here, its priority queue.
#include "peer.hpp"

#include <ns3/core-module.h>

namespace {

using loophole::bench::Exponential;
using loophole::bench::mean_ticks;
using loophole::bench::Stopwatch;
using ns3::Simulator;
using ns3::TimeStep;

void use_priority_queue() {
  ns3::ObjectFactory factory;
  factory.SetTypeId("ns3::PriorityQueueScheduler");
  Simulator::SetScheduler(factory);
}

ns3::Time after(Exponential& exponential) { return TimeStep(static_cast<std::uint64_t>(exponential())); }

class Hold {
 public:
  Hold(std::uint32_t jobs, Stopwatch stopwatch) : stopwatch_(stopwatch) {
    for (std::uint32_t id = 0; id < jobs; ++id)
      Simulator::Schedule(after(exponential_), &Hold::happen, this, id);
  }

 private:
  void happen(std::uint32_t id) {
    Simulator::Schedule(after(exponential_), &Hold::happen, this, id);
    if (stopwatch_.click()) Simulator::Stop();
  }

  Stopwatch stopwatch_;
  Exponential exponential_{mean_ticks};
};

class Queue {
 public:
  explicit Queue(Stopwatch stopwatch) : stopwatch_(stopwatch) {
    Simulator::Schedule(after(interarrival_), &Queue::arrive, this);
  }

 private:
  void arrive() {
    Simulator::Schedule(after(interarrival_), &Queue::arrive, this);
    if (present_++ == 0) Simulator::Schedule(after(service_), &Queue::depart, this);
  }
  void depart() {
    if (--present_ != 0) Simulator::Schedule(after(service_), &Queue::depart, this);
    if (stopwatch_.click()) Simulator::Stop();
  }

  Stopwatch stopwatch_;
  Exponential interarrival_{mean_ticks / 0.9};
  Exponential service_{mean_ticks};
  std::uint64_t present_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  use_priority_queue();
  return loophole::bench::run_peer(
      argc, argv,
      [](std::uint32_t jobs, Stopwatch stopwatch) {
        Hold hold{jobs, stopwatch};
        Simulator::Run();
      },
      [](Stopwatch stopwatch) {
        Queue queue{stopwatch};
        Simulator::Run();
      });
}
