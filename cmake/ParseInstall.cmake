# `cmake --install`: program, manual page, completions, and an example configuration that packages may copy to /etc.
include(GNUInstallDirs)

if(TARGET parse-server)
  install(TARGETS parse-server RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(FILES ${CMAKE_SOURCE_DIR}/man/parse-server.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${CMAKE_SOURCE_DIR}/completions/parse-server.bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME parse-server)
install(FILES ${CMAKE_SOURCE_DIR}/completions/_parse-server
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${CMAKE_SOURCE_DIR}/completions/parse-server.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${CMAKE_SOURCE_DIR}/examples/parse-server.toml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
