// HOLD and M/M/1 in SystemC: a method and an event for each job, for arrivals and for departures.
#define SC_INCLUDE_DYNAMIC_PROCESSES
#include "peer.hpp"

#include <deque>
#include <systemc>

namespace {

using loophole::bench::Exponential;
using loophole::bench::mean_ticks;
using loophole::bench::Stopwatch;

sc_core::sc_time after(Exponential& exponential) {
  return sc_core::sc_time::from_value(static_cast<sc_dt::uint64>(exponential()));
}

/// Calls `method` whenever `event` is notified.
template <class Method>
void whenever(sc_core::sc_event& event, Method method) {
  sc_core::sc_spawn_options options;
  options.spawn_method();
  options.set_sensitivity(&event);
  options.dont_initialize();
  sc_core::sc_spawn(method, nullptr, &options);
}

void hold(std::uint32_t jobs, Stopwatch stopwatch) {
  Exponential exponential{mean_ticks};
  std::deque<sc_core::sc_event> events(jobs);
  for (sc_core::sc_event& event : events) {
    whenever(event, [&] {
      event.notify(after(exponential));
      if (stopwatch.click()) sc_core::sc_stop();
    });
    event.notify(after(exponential));
  }
  sc_core::sc_start();
}

void mm1(Stopwatch stopwatch) {
  Exponential interarrival{mean_ticks / 0.9};
  Exponential service{mean_ticks};
  sc_core::sc_event arrival, departure;
  std::uint64_t present = 0;
  whenever(arrival, [&] {
    arrival.notify(after(interarrival));
    if (present++ == 0) departure.notify(after(service));
  });
  whenever(departure, [&] {
    if (--present != 0) departure.notify(after(service));
    if (stopwatch.click()) sc_core::sc_stop();
  });
  arrival.notify(after(interarrival));
  sc_core::sc_start();
}

}  // namespace

int sc_main(int argc, char** argv) {
  sc_core::sc_report_handler::set_actions(sc_core::SC_INFO, sc_core::SC_DO_NOTHING);
  return loophole::bench::run_peer(argc, argv, hold, mm1);
}
