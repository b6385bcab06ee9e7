# One library per layer. A layer names the layers below it that it uses; nothing links upwards.
#   loophole_layer(market USES world PUBLIC Eigen3::Eigen)
# compiles sim/market/*.cpp into the target loophole_market (alias loophole::market). A main.cpp is left to the program.
function(loophole_layer NAME)
  cmake_parse_arguments(ARG "" "" "USES;PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/loophole/${NAME}/*.hpp")
  list(TRANSFORM ARG_USES PREPEND "loophole::")
  add_library(loophole_${NAME} STATIC ${sources})
  add_library(loophole::${NAME} ALIAS loophole_${NAME})
  target_compile_features(loophole_${NAME} PUBLIC cxx_std_20)
  target_sources(loophole_${NAME} PUBLIC
    FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${headers})
  target_link_libraries(loophole_${NAME} PUBLIC ${ARG_USES} ${ARG_PUBLIC})
  if(ARG_PRIVATE)
    target_link_libraries(loophole_${NAME} PRIVATE ${ARG_PRIVATE})
  endif()
  # The target all_verify_interface_header_sets compiles every public header alone.
  set_target_properties(loophole_${NAME} PROPERTIES EXPORT_NAME ${NAME} VERIFY_INTERFACE_HEADER_SETS ON)
  set_property(GLOBAL APPEND PROPERTY LOOPHOLE_LAYERS ${NAME})
endfunction()
