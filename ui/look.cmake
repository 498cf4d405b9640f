# anteroom_look: theme, common widgets and shell. It links Qt alone, so that the shell can not learn a feature and a
# widget can not reach a record. Fonts and Breeze's icons come from Debian's packages into the build tree's resources.
file(GLOB look_sources CONFIGURE_DEPENDS
    ${CMAKE_CURRENT_LIST_DIR}/theme/*.cpp ${CMAKE_CURRENT_LIST_DIR}/theme/*.h
    ${CMAKE_CURRENT_LIST_DIR}/common/*.cpp ${CMAKE_CURRENT_LIST_DIR}/common/*.h
    ${CMAKE_CURRENT_LIST_DIR}/shell/*.cpp ${CMAKE_CURRENT_LIST_DIR}/shell/*.h)
get_filename_component(look_root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)

# look_take(<kind> <wanted name> <Debian package> <folder>…): copies one file of a package into the build tree.
set(look_tree ${CMAKE_CURRENT_BINARY_DIR}/look)
function(look_take kind name package)
    string(MAKE_C_IDENTIFIER "ANTEROOM_${kind}_${name}" variable)
    string(TOUPPER ${variable} variable)
    find_file(${variable} ${name} PATHS ${ARGN} NO_DEFAULT_PATH)
    mark_as_advanced(${variable})
    if(NOT ${variable})
        message(FATAL_ERROR "${name} was not found. Install the Debian package ${package}.")
    endif()
    file(REAL_PATH ${${variable}} real)
    file(MAKE_DIRECTORY ${look_tree}/${kind})
    file(COPY_FILE ${real} ${look_tree}/${kind}/${name} ONLY_IF_DIFFERENT)
    set(look_${kind} ${look_${kind}} ${look_tree}/${kind}/${name} PARENT_SCOPE)
endfunction()

foreach(face OpenSans-Regular OpenSans-Semibold OpenSans-Bold)
    look_take(fonts ${face}.ttf fonts-open-sans
        /usr/share/fonts/truetype/open-sans /usr/local/share/fonts/truetype/open-sans)
endforeach()
foreach(face NotoSansArabic-Regular NotoSansArabic-Bold)
    look_take(fonts ${face}.ttf fonts-noto-core /usr/share/fonts/truetype/noto /usr/local/share/fonts/truetype/noto)
endforeach()
foreach(icon document-edit document-print edit-undo window-close lock document-import document-open folder
        system-log-out view-refresh edit-delete)
    look_take(icons ${icon}.svg breeze-icon-theme
        /usr/share/icons/breeze/actions/22 /usr/share/icons/breeze/places/22)
endforeach()
file(GLOB look_own_icons CONFIGURE_DEPENDS ${look_root}/resources/icons/*.svg)

add_library(anteroom_look STATIC ${look_sources})
set_target_properties(anteroom_look PROPERTIES AUTOMOC ON)
target_include_directories(anteroom_look PUBLIC ${look_root})
target_link_libraries(anteroom_look PUBLIC anteroom_flags Qt6::Widgets PRIVATE Qt6::Svg)
if(ANTEROOM_PCH)
    target_precompile_headers(anteroom_look PRIVATE <QWidget> <QLabel> <QPainter> <QBoxLayout> <QPushButton> <QStyledItemDelegate>)
endif()
qt_add_resources(anteroom_look look_packaged PREFIX /anteroom BASE ${look_tree} FILES ${look_fonts} ${look_icons})
qt_add_resources(anteroom_look look_own PREFIX /anteroom BASE ${look_root}/resources FILES ${look_own_icons})
