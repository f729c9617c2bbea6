# What is installed, as two components: "window" (mnerva) and "engine" (mnerva-cli, mnerva-engine). Man pages and completions are made by
# the programs themselves. packaging/package.sh makes the Debian packages of it.
include(GNUInstallDirs)
set(CPACK_PACKAGE_CONTACT "The Mnerva developers <mnerva@localhost>" CACHE STRING "Maintainer of the packages")
set(desktop ${CMAKE_SOURCE_DIR}/packaging/desktop)
set(id org.mnerva.Mnerva)

# What an installation needs, without the tests.
add_custom_target(installable)

# mnerva_describes(TARGET COMPONENT MAN COMPLETION [NEEDS...]): with these arguments the program prints its man page, and,
# with the name of a shell behind them, its completion; with the help of the programs it needs.
function(mnerva_describes target component man completion)
  set(folder ${CMAKE_BINARY_DIR}/described)
  # A sanitizer's program is not what is packaged, and says much more than its man page.
  if(MNERVA_SANITIZE OR CMAKE_CROSSCOMPILING)
    return()
  endif()
  file(MAKE_DIRECTORY ${folder})
  set(files ${folder}/${target}.1.gz ${folder}/${target}.bash ${folder}/_${target} ${folder}/${target}.fish)
  add_custom_command(OUTPUT ${files}
    COMMAND ${target} ${man} > ${target}.1
    COMMAND ${MNERVA_GZIP} -9 -n -f ${target}.1
    COMMAND ${target} ${completion} bash > ${target}.bash
    COMMAND ${target} ${completion} zsh > _${target}
    COMMAND ${target} ${completion} fish > ${target}.fish
    WORKING_DIRECTORY ${folder} DEPENDS ${target} ${ARGN} VERBATIM)
  add_custom_target(${target}_described ALL DEPENDS ${files})
  add_dependencies(installable ${target}_described)
  install(FILES ${folder}/${target}.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT ${component})
  install(FILES ${folder}/${target}.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    RENAME ${target} COMPONENT ${component})
  install(FILES ${folder}/_${target} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT ${component})
  install(FILES ${folder}/${target}.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
    COMPONENT ${component})
endfunction()

# mnerva_documents(PACKAGE COMPONENT): what every Debian package carries of itself.
function(mnerva_documents package component)
  set(folder ${CMAKE_BINARY_DIR}/documents/${package})
  file(MAKE_DIRECTORY ${folder})
  execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C date -u -d ${MNERVA_RELEASE_DATE} "+%a, %d %b %Y 00:00:00 +0000"
    OUTPUT_VARIABLE debian_date OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  configure_file(${desktop}/changelog.Debian.in ${folder}/changelog.Debian @ONLY)
  set(files ${folder}/changelog.gz ${folder}/changelog.Debian.gz)
  add_custom_command(OUTPUT ${files}
    COMMAND ${MNERVA_GZIP} -9 -n -c ${CMAKE_SOURCE_DIR}/CHANGELOG.md > changelog.gz
    COMMAND ${MNERVA_GZIP} -9 -n -c changelog.Debian > changelog.Debian.gz
    WORKING_DIRECTORY ${folder} DEPENDS ${CMAKE_SOURCE_DIR}/CHANGELOG.md ${folder}/changelog.Debian VERBATIM)
  add_custom_target(${package}_documents ALL DEPENDS ${files})
  add_dependencies(installable ${package}_documents)
  install(FILES ${files} ${desktop}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
    COMPONENT ${component})
endfunction()

# A libtorch that is no part of the system is found where it was linked from.
set(rpath "")
if(MNERVA_ENGINE AND DEFINED TORCH_INSTALL_PREFIX AND NOT TORCH_INSTALL_PREFIX STREQUAL "/usr")
  set(rpath ${TORCH_INSTALL_PREFIX}/lib)
endif()

find_program(MNERVA_GZIP gzip REQUIRED)
set(CPACK_COMPONENTS_ALL "")
if(MNERVA_WINDOW)
  list(APPEND CPACK_COMPONENTS_ALL window)
  install(TARGETS mnerva RUNTIME COMPONENT window)
  mnerva_describes(mnerva window "--describe;man" "--describe")
  mnerva_documents(mnerva window)
  install(FILES ${desktop}/${id}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT window)
  install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/mnerva.svg RENAME ${id}.svg COMPONENT window
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
  install(FILES ${desktop}/${id}.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages COMPONENT window)
  configure_file(${desktop}/${id}.metainfo.xml.in ${CMAKE_BINARY_DIR}/${id}.metainfo.xml @ONLY)
  install(FILES ${CMAKE_BINARY_DIR}/${id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT window)
endif()
if(MNERVA_ENGINE)
  list(APPEND CPACK_COMPONENTS_ALL engine)
  set_target_properties(mnerva-engine PROPERTIES INSTALL_RPATH "${rpath}")
  install(TARGETS mnerva-cli RUNTIME COMPONENT engine)
  # Where mnerva-cli looks for it, from its own folder.
  install(TARGETS mnerva-engine RUNTIME DESTINATION libexec/mnerva COMPONENT engine)
  mnerva_describes(mnerva-cli engine man completion mnerva-engine)
  mnerva_documents(mnerva-engine engine)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME mnerva)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "Mnerva")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

set(CPACK_DEBIAN_WINDOW_PACKAGE_NAME mnerva)
set(CPACK_COMPONENT_WINDOW_DESCRIPTION "tag posts with text and pictures, train on them
Mnerva opens data sets of multimodal named entity recognition, lets you tag
and correct entities from the keyboard, trains systems in the background and
shows where in the picture a model looked.

Training and predictions need the package mnerva-engine.")
# Qt loads these when it runs, so no library names them: WebP and TIFF pictures, SVG icons, the keyboard of X11.
set(CPACK_DEBIAN_WINDOW_PACKAGE_DEPENDS "libqt6svg6, qt6-image-formats-plugins")
set(CPACK_DEBIAN_WINDOW_PACKAGE_RECOMMENDS
  "mnerva-engine (= ${PROJECT_VERSION}-1), fonts-noto-cjk, fonts-noto-color-emoji, qt6-translations-l10n")

set(CPACK_DEBIAN_ENGINE_PACKAGE_NAME mnerva-engine)
set(CPACK_COMPONENT_ENGINE_DESCRIPTION "train and run multimodal named entity recognition
The command line of Mnerva, mnerva-cli, and the engine that its window
starts: import, statistics, training, prediction, scores and export.")
# The BLAS that uses all cores (a tenth of the speed without it), and the cascades that find faces.
set(CPACK_DEBIAN_ENGINE_PACKAGE_DEPENDS "libopenblas0-pthread")
set(CPACK_DEBIAN_ENGINE_PACKAGE_RECOMMENDS "opencv-data")
include(CPack)
