# anteroom_library() and anteroom_test(): the only two ways a target is made here, so that flags,
# precompiled headers and the walls are the same everywhere.

find_program(ANTEROOM_CCACHE ccache)
if(ANTEROOM_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${ANTEROOM_CCACHE})
endif()

add_library(anteroom_flags INTERFACE)
target_compile_options(anteroom_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
    -Wno-missing-field-initializers   # designated initialisers name what differs from the default
    -fno-semantic-interposition)
target_compile_definitions(anteroom_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

# anteroom_library(<folder> [PCH header…] LINKS target…)
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
    if(ARG_PCH AND ANTEROOM_PCH)
        target_precompile_headers(anteroom_${name} PRIVATE ${ARG_PCH})
    endif()
endfunction()

# anteroom_test(<ctest name> SOURCES file… LINKS target… [LABELS label…] [TIMEOUT seconds])
function(anteroom_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINKS;LABELS;ARGS" ${ARGN})
    string(REPLACE "." "_" target ${name})
    set(target test_${target})
    add_executable(${target} ${ARG_SOURCES})
    set_target_properties(${target} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(${target} PRIVATE anteroom_flags ${ARG_LINKS} Qt6::Test)
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
