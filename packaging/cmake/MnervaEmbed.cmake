# mnerva_embed_migrations(TARGET FOLDER): compiles every NNNN_name.sql of a folder into the target, as
# mnerva::store::embedded::kSteps. Editing or adding a file configures again.
function(mnerva_embed_migrations target folder)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.sql)
  list(SORT files)
  set(steps "")
  foreach(file ${files})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} sql)
    string(APPEND steps "    {\"${name}\", R\"MIGRATION(${sql})MIGRATION\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/generated/${target}_migrations.cpp @ONLY CONTENT
"#include \"core/store/migrator.h\"

namespace mnerva::store::embedded {

const std::vector<Step>& steps() {
    static const std::vector<Step> all{
@steps@    };
    return all;
}

}  // namespace mnerva::store::embedded
")
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/generated/${target}_migrations.cpp)
endfunction()
