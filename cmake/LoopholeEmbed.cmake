# Text files as strings of a C++ source, made at build time: a program needs no files beside it.
#   loophole_embed(loophole_report assets.cpp NAMESPACE loophole::report
#     page_css page.css                      # a name, and the files that are put together under it
#     page_js a.js b.js)
# Each name becomes `const std::string_view NAME`, declared by whoever uses it. A name has no dot, files have one.
function(loophole_embed TARGET OUTPUT)
  cmake_parse_arguments(ARG "" "NAMESPACE" "" ${ARGN})
  set(files ${ARG_UNPARSED_ARGUMENTS})
  list(FILTER files INCLUDE REGEX "\\.")
  list(TRANSFORM files PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${OUTPUT}")
  add_custom_command(OUTPUT "${source}"
    COMMAND "${CMAKE_COMMAND}" -D "OUTPUT=${source}" -D "NAMESPACE=${ARG_NAMESPACE}"
      -D "FOLDER=${CMAKE_CURRENT_SOURCE_DIR}" -D "PARTS=${ARG_UNPARSED_ARGUMENTS}"
      -P "${PROJECT_SOURCE_DIR}/cmake/WriteStrings.cmake"
    DEPENDS ${files} "${PROJECT_SOURCE_DIR}/cmake/WriteStrings.cmake"
    COMMENT "" VERBATIM)
  target_sources(${TARGET} PRIVATE "${source}")
endfunction()
