# loophole::version: the answers of include/loophole/base/version.hpp, in a library of its own so that a commit
# recompiles one small file and relinks only the programs that ask.
set(version_source "${PROJECT_BINARY_DIR}/generated/version.cpp")
add_custom_target(loophole_revision
  BYPRODUCTS "${version_source}"
  COMMAND "${CMAKE_COMMAND}"
    -D "SOURCE_DIR=${PROJECT_SOURCE_DIR}" -D "TEMPLATE=${PROJECT_SOURCE_DIR}/sim/base/version.cpp.in"
    -D "OUTPUT=${version_source}" -D "VERSION=${PROJECT_VERSION}"
    -D "COMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
    -P "${PROJECT_SOURCE_DIR}/cmake/WriteVersion.cmake"
  COMMENT "" VERBATIM)
add_library(loophole_version STATIC "${version_source}")
add_library(loophole::version ALIAS loophole_version)
add_dependencies(loophole_version loophole_revision)
target_compile_features(loophole_version PUBLIC cxx_std_20)
target_include_directories(loophole_version PRIVATE "${PROJECT_SOURCE_DIR}/include")
set_target_properties(loophole_version PROPERTIES EXPORT_NAME version)
