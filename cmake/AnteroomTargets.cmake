# anteroom_library() and anteroom_test(): the only two ways a target is made here, so that flags,
# precompiled headers and the walls are the same everywhere.

find_program(ANTEROOM_CCACHE ccache)
if(ANTEROOM_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${ANTEROOM_CCACHE})
endif()

add_library(anteroom_flags INTERFACE)
target_compile_options(anteroom_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
    -Wno-missing-field-initializers   # designated initialisers name what differs from the default
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>     # GCC 12 sees it in every moved std::variant of Value; the sanitizer build looks instead
    -fno-semantic-interposition)
# The schema checks itself at compile time: 42 tables take more steps than clang allows by default.
target_compile_options(anteroom_flags INTERFACE $<$<CXX_COMPILER_ID:Clang>:-fconstexpr-steps=100000000>)
target_compile_definitions(anteroom_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

# Precompiled headers, four of them: libraries and tests, without and with widgets. One for all libraries costs one build
# of it instead of ten. Qt and the standard library only: a header of the project in it would rebuild everything.
# Qt's test headers read QT_NETWORK_LIB and QT_WIDGETS_LIB, so a test links what its precompiled header was made with.
set(ANTEROOM_PCH_STD <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string>
    <string_view> <unordered_map> <utility> <variant> <vector> <tl/expected.hpp>)
set(ANTEROOM_PCH_CORE <QByteArray> <QDateTime> <QDir> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QObject> <QString>
    <QStringList> <QTimer> <QFuture> <QPromise>)
set(ANTEROOM_PCH_WIDGETS <QAbstractListModel> <QApplication> <QBoxLayout> <QLabel> <QLineEdit> <QPainter> <QPushButton>
    <QScrollArea> <QStyledItemDelegate> <QWidget>)
set(ANTEROOM_PCH_TEST <QSignalSpy> <QTemporaryDir> <QtTest> <rapidcheck.h>)

function(anteroom_precompiled target kind)
    set(source ${CMAKE_BINARY_DIR}/pch/${target}.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "int main() { return 0; }\n")
    if(kind STREQUAL "library")
        add_library(${target} STATIC ${source})
    else()
        add_executable(${target} ${source})       # executables are compiled as -fPIE, libraries as -fPIC
        target_compile_options(${target} PRIVATE ${ANTEROOM_TEST_OPTIONS})
        set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/pch)
    endif()
    cmake_parse_arguments(ARG "" "" "LINKS;HEADERS" ${ARGN})
    target_link_libraries(${target} PRIVATE anteroom_flags ${ARG_LINKS})
    target_precompile_headers(${target} PRIVATE ${ARG_HEADERS})
endfunction()

# Tests are run once and compiled often: a third of their compile time is optimisation that they do not need.
set(ANTEROOM_TEST_OPTIONS $<$<CONFIG:RelWithDebInfo>:-O0>)
if(ANTEROOM_PCH AND ANTEROOM_SHARED_PCH)
    anteroom_precompiled(anteroom_pch library LINKS Qt6::Core HEADERS ${ANTEROOM_PCH_STD} ${ANTEROOM_PCH_CORE})
    anteroom_precompiled(anteroom_pch_widgets library LINKS Qt6::Widgets
        HEADERS ${ANTEROOM_PCH_STD} ${ANTEROOM_PCH_CORE} ${ANTEROOM_PCH_WIDGETS})
endif()

# Called by tests/CMakeLists.txt: Qt's test headers also hold the folder's name.
function(anteroom_precompiled_tests)
    if(ANTEROOM_PCH)
        anteroom_precompiled(anteroom_pch_test executable LINKS Qt6::Test Qt6::Network rapidcheck
            HEADERS ${ANTEROOM_PCH_STD} ${ANTEROOM_PCH_CORE} ${ANTEROOM_PCH_TEST})
        anteroom_precompiled(anteroom_pch_test_widgets executable LINKS Qt6::Test Qt6::Network Qt6::Widgets rapidcheck
            HEADERS ${ANTEROOM_PCH_STD} ${ANTEROOM_PCH_CORE} ${ANTEROOM_PCH_WIDGETS} ${ANTEROOM_PCH_TEST})
    endif()
endfunction()

# anteroom_library(<folder> LINKS target… [PRIVATE_LINKS target…] [PCH header…])
# All .cpp and .h of the current folder (and below) become the static library anteroom_<folder>.
function(anteroom_library name)
    cmake_parse_arguments(ARG "" "" "LINKS;PRIVATE_LINKS;PCH" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
    set(code ${sources})
    list(FILTER code INCLUDE REGEX "\\.cpp$")
    if(NOT code)
        add_library(anteroom_${name} INTERFACE)
        target_link_libraries(anteroom_${name} INTERFACE anteroom_flags ${ARG_LINKS})
        target_include_directories(anteroom_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
        return()
    endif()
    add_library(anteroom_${name} STATIC ${sources})
    set_target_properties(anteroom_${name} PROPERTIES AUTOMOC ON)
    target_include_directories(anteroom_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
    target_link_libraries(anteroom_${name} PUBLIC anteroom_flags ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
    if(ANTEROOM_PCH AND NOT ANTEROOM_SHARED_PCH AND ARG_PCH)
        target_precompile_headers(anteroom_${name} PRIVATE ${ARG_PCH})
    elseif(ANTEROOM_PCH AND ANTEROOM_SHARED_PCH AND "Qt6::Widgets" IN_LIST ARG_LINKS)
        target_precompile_headers(anteroom_${name} REUSE_FROM anteroom_pch_widgets)
    elseif(ANTEROOM_PCH AND ANTEROOM_SHARED_PCH)
        target_precompile_headers(anteroom_${name} REUSE_FROM anteroom_pch)
    endif()
endfunction()

# anteroom_test(<ctest name> SOURCES file… LINKS target… [LABELS label…] [TIMEOUT seconds] [ARGS argument…])
function(anteroom_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINKS;LABELS;ARGS" ${ARGN})
    string(REPLACE "." "_" target ${name})
    set(target test_${target})
    add_executable(${target} ${ARG_SOURCES})
    set_target_properties(${target} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_compile_options(${target} PRIVATE ${ANTEROOM_TEST_OPTIONS})
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(${target} PRIVATE anteroom_flags ${ARG_LINKS} Qt6::Test Qt6::Network)
    if(ANTEROOM_PCH AND CMAKE_CURRENT_SOURCE_DIR STREQUAL ${CMAKE_SOURCE_DIR}/tests)
        if("anteroom_ui" IN_LIST ARG_LINKS OR "Qt6::Widgets" IN_LIST ARG_LINKS)
            target_precompile_headers(${target} REUSE_FROM anteroom_pch_test_widgets)
        else()
            target_precompile_headers(${target} REUSE_FROM anteroom_pch_test)
        endif()
    endif()
    # Most often empty, and then cheaper without.
    set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/mocs_compilation.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    add_test(NAME ${name} COMMAND ${target} ${ARG_ARGS})
    if(NOT ARG_LABELS)
        set(ARG_LABELS fast)
    endif()
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;ANTEROOM_BIN=${CMAKE_BINARY_DIR}/bin;ANTEROOM_SOURCE=${CMAKE_SOURCE_DIR}")
endfunction()
