# Writes the C++ source that carries lib/cloud/node/*.mjs inside the program. Run as a script:
#   cmake -DFOLDER=lib/cloud/node -DOUTPUT=scripts.cpp -P cmake/ParseScripts.cmake
file(GLOB scripts ${FOLDER}/*.mjs)
set(entries "")
foreach(script ${scripts})
  get_filename_component(name ${script} NAME)
  file(READ ${script} text)
  # A literal may not be longer than 64 kB everywhere; neighbours are joined.
  string(LENGTH "${text}" length)
  set(literals "")
  set(start 0)
  while(start LESS length)
    string(SUBSTRING "${text}" ${start} 8000 part)
    string(APPEND literals "R\"parse_js(${part})parse_js\"\n")
    math(EXPR start "${start} + 8000")
  endwhile()
  string(APPEND entries "    {\"${name}\", ${literals}},\n")
endforeach()
file(WRITE ${OUTPUT}.new "#include \"cloud/scripts.h\"

#include <array>

namespace parse::cloud {

std::span<const Script> scripts() {
  static constexpr auto kScripts = std::to_array<Script>({
${entries}  });
  return kScripts;
}

}  // namespace parse::cloud
")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
