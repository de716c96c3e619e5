# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Defines the target with the compiler flags for all code, the modules whose layers the build enforces, and
# the test programs.

add_library(capturedesk_flags INTERFACE)
target_compile_definitions(capturedesk_flags INTERFACE
  CAPTUREDESK_VERSION="${PROJECT_VERSION}"
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  # No QT_USE_QSTRINGBUILDER: `auto text = a + b` would then hold references to temporaries.
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS)
target_compile_options(capturedesk_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  -Wno-missing-field-initializers # designated initializers leave other members out on purpose
  $<$<CONFIG:Debug>:-Wswitch-enum>)
if(CMAKE_BUILD_TYPE STREQUAL Release) # Debian's hardening flags; explicit, for compilers that do not have them as defaults
  include(CheckPIESupported)
  check_pie_supported()
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  target_compile_options(capturedesk_flags INTERFACE
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection
    $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-fcf-protection>)
  target_link_options(capturedesk_flags INTERFACE -Wl,-z,relro,-z,now)
endif()
if(CAPTUREDESK_WERROR)
  target_compile_options(capturedesk_flags INTERFACE -Werror)
endif()
if(CAPTUREDESK_SANITIZE)
  target_compile_options(capturedesk_flags INTERFACE -fsanitize=${CAPTUREDESK_SANITIZE} -fno-omit-frame-pointer
                                                     -fno-sanitize-recover=all)
  target_link_options(capturedesk_flags INTERFACE -fsanitize=${CAPTUREDESK_SANITIZE})
endif()
# Uses Debian's fastest linker if it is installed; the result is the same.
find_program(CAPTUREDESK_MOLD mold)
mark_as_advanced(CAPTUREDESK_MOLD)
if(CAPTUREDESK_MOLD)
  target_link_options(capturedesk_flags INTERFACE -fuse-ld=mold)
endif()

# Creates one include root for each module, so that `#include "module/header.h"` is found only by targets that
# link the module.
function(capturedesk_include_root target module folder)
  set(root "${CMAKE_BINARY_DIR}/roots/${module}")
  file(MAKE_DIRECTORY "${root}")
  file(CREATE_LINK "${folder}" "${root}/${module}" SYMBOLIC)
  target_include_directories(${target} PUBLIC "${root}")
endfunction()

# capturedesk_module(NAME SOURCES … [USES other modules] [LIBRARIES public libraries] [PRIVATE_LIBRARIES …])
# Defines a module of app/: a static library without Qt Gui.  The two guards turn any header of Qt Gui or
# Widgets into an error.  The layering check runs before each build of the module and rejects includes that
# leave the module.
function(capturedesk_module module)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES;LIBRARIES;PRIVATE_LIBRARIES")
  set(target capturedesk_${module})
  add_library(${target} STATIC ${arg_SOURCES})
  capturedesk_include_root(${target} ${module} "${CMAKE_CURRENT_SOURCE_DIR}")
  target_compile_definitions(${target} PRIVATE QTGUIGLOBAL_H QTWIDGETSGLOBAL_H)
  list(TRANSFORM arg_USES PREPEND capturedesk_)
  target_link_libraries(${target} PUBLIC Qt6::Core ${arg_USES} ${arg_LIBRARIES}
                                  PRIVATE capturedesk_flags ${arg_PRIVATE_LIBRARIES})
  add_custom_target(${target}_layering
    COMMAND ${CMAKE_COMMAND} -DMODULE=${CMAKE_CURRENT_SOURCE_DIR} -P ${CMAKE_SOURCE_DIR}/packaging/cmake/Layering.cmake
    VERBATIM)
  add_dependencies(${target} ${target}_layering)
endfunction()

# Sets what every test gets from ctest: a separate home folder, the C locale, UTC, and options for the
# sanitizers.
function(capturedesk_test_properties name label)
  set(home "${CMAKE_BINARY_DIR}/homes/${name}")
  file(MAKE_DIRECTORY "${home}")
  file(CHMOD "${home}" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT ${CAPTUREDESK_TEST_SECONDS} ENVIRONMENT
    "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC;HOME=${home};XDG_CONFIG_HOME=${home}/config;XDG_DATA_HOME=${home}/data;XDG_CACHE_HOME=${home}/cache;XDG_STATE_HOME=${home}/state;XDG_RUNTIME_DIR=${home};QTEST_FUNCTION_TIMEOUT=${CAPTUREDESK_TEST_SECONDS}000;UBSAN_OPTIONS=print_stacktrace=1;ASAN_OPTIONS=detect_leaks=1;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/data/lsan.supp")
endfunction()

# capturedesk_tests(PROGRAM LABEL [GUI] SOURCES … LIBRARIES … [SUITES …])
# Defines one Qt Test program.  Each of its suites (tests/support/suite.h) is one test of ctest; without
# SUITES the program has its own main() and is one test.
function(capturedesk_tests program label)
  cmake_parse_arguments(PARSE_ARGV 2 arg "GUI" "" "SOURCES;LIBRARIES;SUITES")
  add_executable(${program} ${arg_SOURCES})
  target_link_libraries(${program} PRIVATE capturedesk_flags test_support ${arg_LIBRARIES})
  if(NOT arg_SUITES)
    add_test(NAME ${program} COMMAND ${program})
    capturedesk_test_properties(${program} ${label})
    return()
  endif()
  set(main test_coremain)
  if(arg_GUI)
    set(main test_guimain)
  endif()
  target_link_libraries(${program} PRIVATE ${main})
  foreach(suite IN LISTS arg_SUITES)
    add_test(NAME ${suite} COMMAND ${program} ${suite})
    capturedesk_test_properties(${suite} ${label})
  endforeach()
  # A suite that is registered in a source file but not listed above would never run.
  list(SORT arg_SUITES)
  list(JOIN arg_SUITES "\n" names)
  add_test(NAME ${program}_list COMMAND ${program} --list)
  capturedesk_test_properties(${program}_list ${label})
  set_tests_properties(${program}_list PROPERTIES PASS_REGULAR_EXPRESSION "(^|\n)${names}\n$")
endfunction()
