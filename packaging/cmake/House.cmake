# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The house: one flags target for everyone, and rooms whose walls the build keeps.

add_library(capturedesk_flags INTERFACE)
target_compile_definitions(capturedesk_flags INTERFACE
  CAPTUREDESK_VERSION="${PROJECT_VERSION}"
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  # No QT_USE_QSTRINGBUILDER: `auto text = a + b` would then hold references to temporaries.
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS)
target_compile_options(capturedesk_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  -Wno-missing-field-initializers # a designated initializer names what it sets
  $<$<CONFIG:Debug>:-Wswitch-enum>)
if(CMAKE_BUILD_TYPE STREQUAL Release) # as Debian hardens its packages; written out, for compilers without its defaults
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

# One include root for a room, so that `#include "room/header.h"` is found only by those who link the room.
function(capturedesk_include_root target room folder)
  set(root "${CMAKE_BINARY_DIR}/roots/${room}")
  file(MAKE_DIRECTORY "${root}")
  file(CREATE_LINK "${folder}" "${root}/${room}" SYMBOLIC)
  target_include_directories(${target} PUBLIC "${root}")
endfunction()

# capturedesk_room(NAME SOURCES … [USES other rooms] [LIBRARIES public ones] [PRIVATE_LIBRARIES …])
# A room of app/: a static library without Qt Gui.  The two guards make any header of Qt Gui or Widgets an error,
# and the check runs before each build of the room and refuses includes that climb out of it.
function(capturedesk_room room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES;LIBRARIES;PRIVATE_LIBRARIES")
  set(target capturedesk_${room})
  add_library(${target} STATIC ${arg_SOURCES})
  capturedesk_include_root(${target} ${room} "${CMAKE_CURRENT_SOURCE_DIR}")
  target_compile_definitions(${target} PRIVATE QTGUIGLOBAL_H QTWIDGETSGLOBAL_H)
  list(TRANSFORM arg_USES PREPEND capturedesk_)
  target_link_libraries(${target} PUBLIC Qt6::Core ${arg_USES} ${arg_LIBRARIES}
                                  PRIVATE capturedesk_flags ${arg_PRIVATE_LIBRARIES})
  add_custom_target(${target}_walls
    COMMAND ${CMAKE_COMMAND} -DROOM=${CMAKE_CURRENT_SOURCE_DIR} -P ${CMAKE_SOURCE_DIR}/packaging/cmake/Walls.cmake
    VERBATIM)
  add_dependencies(${target} ${target}_walls)
endfunction()

# capturedesk_test(NAME LABEL SOURCES … LIBRARIES … [ARGUMENTS …])
# One Qt Test executable, registered with ctest under its label, in a data folder of its own and the C locale.
function(capturedesk_test name label)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "TIMEOUT" "SOURCES;LIBRARIES;ARGUMENTS")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE capturedesk_flags Qt6::Test ${arg_LIBRARIES})
  add_test(NAME ${name} COMMAND ${name} ${arg_ARGUMENTS})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  set(home "${CMAKE_BINARY_DIR}/homes/${name}")
  file(MAKE_DIRECTORY "${home}")
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC;HOME=${home};XDG_CONFIG_HOME=${home}/config;XDG_DATA_HOME=${home}/data;XDG_CACHE_HOME=${home}/cache;XDG_STATE_HOME=${home}/state;XDG_RUNTIME_DIR=${home};UBSAN_OPTIONS=print_stacktrace=1;ASAN_OPTIONS=detect_leaks=1;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/data/lsan.supp")
endfunction()
