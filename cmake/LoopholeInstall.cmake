# cmake --install: the program, the scenarios, and the layers for find_package(loophole).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/loophole")
get_property(layers GLOBAL PROPERTY LOOPHOLE_LAYERS)
list(TRANSFORM layers PREPEND loophole_)
install(TARGETS ${layers} EXPORT loopholeTargets FILE_SET HEADERS)
install(TARGETS loophole_version EXPORT loopholeTargets)
if(TARGET loophole)
  install(TARGETS loophole EXPORT loopholeTargets)
endif()
install(EXPORT loopholeTargets NAMESPACE loophole:: DESTINATION "${package_dir}")

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/LoopholeConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/loopholeConfig.cmake" INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/loopholeConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/loopholeConfig.cmake" "${PROJECT_BINARY_DIR}/loopholeConfigVersion.cmake"
  DESTINATION "${package_dir}")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/scenarios" DESTINATION "${CMAKE_INSTALL_DATADIR}/loophole" OPTIONAL)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/README.md" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
