# cmake --install: the program with its manual and the scenarios (component runtime), and the layers for
# find_package(loophole) (component development).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/loophole")
get_property(layers GLOBAL PROPERTY LOOPHOLE_LAYERS)
list(TRANSFORM layers PREPEND loophole_)
install(TARGETS ${layers} EXPORT loopholeTargets COMPONENT development FILE_SET HEADERS COMPONENT development)
install(TARGETS loophole_version EXPORT loopholeTargets COMPONENT development)
install(TARGETS loophole COMPONENT runtime)
install(EXPORT loopholeTargets NAMESPACE loophole:: DESTINATION "${package_dir}" COMPONENT development)

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/LoopholeConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/loopholeConfig.cmake" INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/loopholeConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/loopholeConfig.cmake" "${PROJECT_BINARY_DIR}/loopholeConfigVersion.cmake"
  DESTINATION "${package_dir}" COMPONENT development)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT development)

# The manuals that the program's own words refer to; in the same places to one another as in the source.
install(FILES "${PROJECT_SOURCE_DIR}/README.md" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT runtime)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT runtime
  FILES_MATCHING PATTERN "*.md" PATTERN "*.png")

set(manual "${PROJECT_BINARY_DIR}/manual")
add_custom_command(OUTPUT "${manual}.stamp"
  COMMAND "${CMAKE_COMMAND}" -D "PROGRAM=$<TARGET_FILE:loophole>" -D "DESTINATION=${manual}"
    -P "${PROJECT_SOURCE_DIR}/cmake/WriteManual.cmake"
  COMMAND "${CMAKE_COMMAND}" -E touch "${manual}.stamp"
  DEPENDS loophole "${PROJECT_SOURCE_DIR}/cmake/WriteManual.cmake" COMMENT "Writing the manual" VERBATIM)
add_custom_target(loophole_manual ALL DEPENDS "${manual}.stamp")
install(DIRECTORY "${manual}/" DESTINATION "${CMAKE_INSTALL_DATADIR}" COMPONENT runtime)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/scenarios" DESTINATION "${CMAKE_INSTALL_DATADIR}/loophole" COMPONENT runtime)
