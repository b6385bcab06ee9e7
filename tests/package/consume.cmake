function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
run("${CMAKE_COMMAND}" --install "${BUILD_DIR}" --prefix "${WORK_DIR}/prefix" --config "${CONFIG}")
run("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${CONSUMER_DIR}" -B "${WORK_DIR}/build"
  "-DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_BUILD_TYPE=${CONFIG}")
run("${CMAKE_COMMAND}" --build "${WORK_DIR}/build" --config "${CONFIG}")
execute_process(COMMAND "${WORK_DIR}/build/consumer" "${SCENARIO}" OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)

# The manual shows this program and what it prints.
function(require_shown what text)
  file(READ "${MANUAL}" manual)
  string(FIND "${manual}" "${text}" place)
  if(place EQUAL -1)
    message(FATAL_ERROR "${MANUAL} does not show ${what}, which is:\n${text}")
  endif()
endfunction()
foreach(name CMakeLists.txt main.cpp)
  file(READ "${CONSUMER_DIR}/${name}" text)
  require_shown("${name} of the consumer" "${text}")
endforeach()
require_shown("what the consumer prints" "${printed}")
