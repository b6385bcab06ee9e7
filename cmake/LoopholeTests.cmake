# tests/<kind>/<layer>/*.cpp -> the executable <kind>_<layer>, linked against that layer (cli and golden: all of them).
function(loophole_test KIND LAYER)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${KIND}/${LAYER}/*.cpp")
  if(NOT sources OR NOT TARGET loophole::${LAYER})
    return()
  endif()
  add_executable(${KIND}_${LAYER} ${sources})
  target_link_libraries(${KIND}_${LAYER} PRIVATE loophole::${LAYER} Catch2::Catch2WithMain)
  target_compile_definitions(${KIND}_${LAYER} PRIVATE
    LOOPHOLE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" LOOPHOLE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  catch_discover_tests(${KIND}_${LAYER} TEST_PREFIX "${KIND}.${LAYER}: " PROPERTIES LABELS ${KIND})
endfunction()
