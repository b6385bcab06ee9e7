# `cpack` in the build folder makes loophole_VERSION_ARCH.deb: the program, its manual and completions, and the scenarios.
# The layers for C++ stay with cmake --install.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME loophole)
set(CPACK_PACKAGE_VENDOR loophole)
set(CPACK_PACKAGE_CONTACT "The loophole developers <loophole@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "regulatory scenario simulator: what stays open under a rule")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
  "A YAML file says who supplies what to whom, through which intermediaries,
under which rules; dated, random and conditional events change the rules.
loophole says, day by day, who can still reach which vendor through which
channel, who is paid what, and why: for one future or for thousands, as CSV
files, pictures and a page.")
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME loophole)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SUGGESTS "gnuplot-nox, slurm-client")
# A debug package would be one more; the program is small enough to build.
set(CPACK_DEBIAN_DEBUGINFO_PACKAGE OFF)

set(package_files "${PROJECT_BINARY_DIR}/package")
file(READ "${PROJECT_SOURCE_DIR}/cmake/copyright.in" copyright)
file(CONFIGURE OUTPUT "${package_files}/copyright" CONTENT "${copyright}" @ONLY)
file(CONFIGURE OUTPUT "${package_files}/changelog" CONTENT
"loophole (@PROJECT_VERSION@) unstable; urgency=medium

  * What changed is told in CHANGELOG.md of the sources.

 -- @CPACK_PACKAGE_CONTACT@  Thu, 01 Jan 1970 00:00:00 +0000
" @ONLY)
execute_process(COMMAND gzip -9 -n -k -f "${package_files}/changelog" COMMAND_ERROR_IS_FATAL ANY)
install(FILES "${package_files}/copyright" "${package_files}/changelog.gz"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT runtime)
include(CPack)
