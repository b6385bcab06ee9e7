# Backtests are tested on forecasts of real ensembles.
target_link_libraries(${TEST_TARGET} PRIVATE loophole::study)
