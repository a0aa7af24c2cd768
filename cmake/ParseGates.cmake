# The gates of the tree as tests with the label "gate": layering, size, format, generated files.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(parse_add_gate name)
  add_test(NAME gate/${name} COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(gate/${name} PROPERTIES LABELS gate TIMEOUT 120)
endfunction()

parse_add_gate(layers ${Python3_EXECUTABLE} -B tools/check_layers.py)
parse_add_gate(size ${Python3_EXECUTABLE} -B tools/check_size.py)
parse_add_gate(format tools/check_format.sh)
if(TARGET parse-server AND TARGET parsectl)
  parse_add_gate(generated ${Python3_EXECUTABLE} -B tools/check_generated.py $<TARGET_FILE_DIR:parse-server>)
endif()
