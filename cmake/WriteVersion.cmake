# Run at every build; leaves OUTPUT alone when nothing in it changes.
find_program(GIT git)
set(REVISION "")
if(GIT AND EXISTS "${SOURCE_DIR}/.git")
  execute_process(COMMAND "${GIT}" -C "${SOURCE_DIR}" describe --always --dirty --abbrev=12 --exclude=*
    OUTPUT_VARIABLE REVISION OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(REVISION STREQUAL "")
  set(REVISION unknown)
endif()
configure_file("${TEMPLATE}" "${OUTPUT}" @ONLY)
