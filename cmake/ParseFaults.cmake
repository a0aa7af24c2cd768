# What tests/faults preload into the server; built only when asked for. It must come before a sanitizer, and cannot.
if(NOT PARSE_SANITIZE)
  add_library(read_only_disk MODULE EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tests/faults/read_only_disk.cpp)
  target_link_libraries(read_only_disk PRIVATE ${CMAKE_DL_LIBS})
endif()
