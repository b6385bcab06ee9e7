# The language's own description is private to the layer.
target_include_directories(${TEST_TARGET} PRIVATE "${PROJECT_SOURCE_DIR}/sim/scenario")
target_link_libraries(${TEST_TARGET} PRIVATE nlohmann_json::nlohmann_json)
