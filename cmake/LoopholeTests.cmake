# tests/<kind>/<layer>/*.cpp -> the executable <kind>_<layer>, labelled with its kind (one label an executable, because
# catch_discover_tests keeps only the first) and linked against that layer; property tests get RapidCheck too.
# Tests of the kinds cli and golden see every layer, and the program's path as LOOPHOLE_PROGRAM.
# A file test.cmake beside the sources may add to the target, whose name it finds in TEST_TARGET.
function(loophole_test KIND LAYER)
  set(folder "${CMAKE_CURRENT_SOURCE_DIR}/${KIND}/${LAYER}")
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  set(whole_program OFF)
  if(KIND MATCHES "^(cli|golden)$")
    set(whole_program ON)
    get_property(layers GLOBAL PROPERTY LOOPHOLE_LAYERS)
  else()
    set(layers ${LAYER})
  endif()
  if(NOT sources OR (whole_program AND NOT TARGET loophole) OR (NOT whole_program AND NOT TARGET loophole::${LAYER}))
    return()
  endif()

  set(TEST_TARGET ${KIND}_${LAYER})
  add_executable(${TEST_TARGET} ${sources})
  list(TRANSFORM layers PREPEND "loophole::")
  target_link_libraries(${TEST_TARGET} PRIVATE ${layers} Catch2::Catch2WithMain)
  target_compile_definitions(${TEST_TARGET} PRIVATE
    LOOPHOLE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" LOOPHOLE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  if(KIND STREQUAL property)
    target_link_libraries(${TEST_TARGET} PRIVATE rapidcheck_catch)
  endif()
  if(whole_program)
    add_dependencies(${TEST_TARGET} loophole)
    target_compile_definitions(${TEST_TARGET} PRIVATE LOOPHOLE_PROGRAM="$<TARGET_FILE:loophole>")
  endif()
  # What takes long is in the layers. Fully optimised, Catch2's macros are a third of the time that the tests take to build.
  target_compile_options(${TEST_TARGET} PRIVATE $<$<CONFIG:Release>:-O1>)
  include("${folder}/test.cmake" OPTIONAL)
  loophole_discover(${TEST_TARGET} PREFIX "${KIND}.${LAYER}: " LABEL ${KIND})
endfunction()

# Every test case is a ctest of its own, so cases run at the same time and in any order; each executable has a working
# folder to itself, and a case that hangs is ended. A case whose name Catch2 cannot find again fails, as it should.
function(loophole_discover TARGET)
  cmake_parse_arguments(ARG "" "PREFIX;LABEL" "" ${ARGN})
  set(working_folder "${CMAKE_CURRENT_BINARY_DIR}/work/${TARGET}")
  file(MAKE_DIRECTORY "${working_folder}")
  catch_discover_tests(${TARGET} TEST_PREFIX "${ARG_PREFIX}" WORKING_DIRECTORY "${working_folder}"
    EXTRA_ARGS --warn NoTests PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 300)
endfunction()
