# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Plants one forbidden include at a time in a copy of the engine, and fails when the room that got it still compiles,
# or stops for a reason other than what was planted.

cmake_minimum_required(VERSION 3.25)
cmake_policy(SET CMP0007 NEW)

file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}")
file(COPY "${SOURCE}/CMakeLists.txt" "${SOURCE}/CMakePresets.json" "${SOURCE}/app" "${SOURCE}/packaging"
     DESTINATION "${SCRATCH}/source")
# Nothing is linked here, so nothing needs moc, which would first build every room below the one in question.
file(READ "${SCRATCH}/source/CMakeLists.txt" root)
string(REPLACE "set(CMAKE_AUTOMOC ON)" "set(CMAKE_AUTOMOC OFF)" root "${root}")
file(WRITE "${SCRATCH}/source/CMakeLists.txt" "${root}")
set(app "${SCRATCH}/source/app")
set(build "${SCRATCH}/build")
set(failures "")

function(configure)
  execute_process(RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output
    COMMAND ${CMAKE_COMMAND} -G Ninja -S "${SCRATCH}/source" -B "${build}" -DCMAKE_BUILD_TYPE=Debug
            -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
            -DCAPTUREDESK_GUI=OFF -DBUILD_TESTING=OFF)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "The copy does not configure:\n${output}")
  endif()
endfunction()

# The room's smallest source file, so that each attempt costs one short compilation.
function(smallest room result)
  file(GLOB sources "${app}/${room}/*.cpp")
  list(REMOVE_ITEM sources "${app}/${room}/main.cpp")
  set(least "")
  foreach(source IN LISTS sources)
    file(SIZE "${source}" size)
    file(STRINGS "${source}" moc REGEX "^#include .*moc")
    if(NOT moc AND (least STREQUAL "" OR size LESS least))
      set(least ${size})
      set(found "${source}")
    endif()
  endforeach()
  if(least STREQUAL "")
    message(FATAL_ERROR "app/${room} has no source file to plant anything in")
  endif()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

# Ninja's `source^` is whatever is made of that source.
function(compile source status_result output_result)
  execute_process(RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output
    COMMAND ${CMAKE_COMMAND} --build "${build}" --target "${source}^")
  set(${status_result} "${status}" PARENT_SCOPE)
  set(${output_result} "${output}" PARENT_SCOPE)
endfunction()

function(expect_sound room)
  smallest(${room} source)
  compile("${source}" status output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "app/${room} does not build even without anything planted:\n${output}")
  endif()
  message(STATUS "app/${room} builds as it is")
endfunction()

# expect_wall(ROOM LINES NAMED)   LINES at the top of a source of ROOM must stop its build with a word about NAMED.
function(expect_wall room lines named)
  smallest(${room} source)
  file(READ "${source}" original)
  file(WRITE "${source}" "${lines}\n${original}")
  compile("${source}" status output)
  file(WRITE "${source}" "${original}")
  judge("app/${room} with ${lines}" "${named}" "${status}" "${output}")
  set(failures "${failures}" PARENT_SCOPE)
endfunction()

# The same for an option that the compiler gets, out of the sight of what reads the sources.
function(expect_wall_for_option room option named)
  smallest(${room} source)
  file(READ "${app}/${room}/CMakeLists.txt" original)
  file(APPEND "${app}/${room}/CMakeLists.txt" "\ntarget_compile_options(capturedesk_${room} PRIVATE ${option})\n")
  compile("${source}" status output)
  file(WRITE "${app}/${room}/CMakeLists.txt" "${original}")
  judge("app/${room} compiled with ${option}" "${named}" "${status}" "${output}")
  set(failures "${failures}" PARENT_SCOPE)
endfunction()

macro(judge what named status output)
  string(FIND "${output}" "${named}" position)
  if("${status}" EQUAL 0)
    list(APPEND failures "${what} builds")
    message(STATUS "NO WALL: ${what} builds")
  elseif(position EQUAL -1)
    list(APPEND failures "${what} fails without a word about ${named}")
    message(STATUS "UNCLEAR: ${what} fails without a word about ${named}:\n${output}")
  else()
    message(STATUS "refused: ${what}")
  endif()
endmacro()

configure()
foreach(room IN ITEMS api devices exports sandbox)
  expect_sound(${room})
endforeach()

# What belongs to the window.  The option shows that the compiler refuses it, too, and not only what reads the sources.
expect_wall(api "#include <QtWidgets/QLabel>" "QtWidgets/QLabel")
expect_wall(devices "#include <QtGui/QColor>" "QtGui/QColor")
expect_wall(devices "#include <QColor>" "QColor")
expect_wall_for_option(api "-include QtWidgets/QLabel" "QtWidgets/QLabel")
expect_wall_for_option(devices "-include QtGui/QColor" "QtGui/QColor")

# Rooms above, by name and by path.
expect_wall(api "#include \"captures/desk.h\"" "captures/desk.h")
expect_wall(api "#include \"../captures/plan.h\"" "../captures/plan.h")
expect_wall(api "#include \"${app}/captures/plan.h\"" "captures/plan.h")
expect_wall(api "#define PLAN \"../captures/plan.h\"\n#include PLAN" "#include PLAN")
expect_wall(devices "#include \"captures/plan.h\"" "captures/plan.h")

# Rooms that know nobody.
expect_wall(exports "#include \"api/error.h\"" "api/error.h")
expect_wall(sandbox "#include \"api/requests.h\"" "api/requests.h")

# The copy has to be as sound after all this as it was before, or the last refusals mean nothing.
foreach(room IN ITEMS api devices exports sandbox)
  expect_sound(${room})
endforeach()

if(failures)
  list(JOIN failures "\n  " failures)
  message(FATAL_ERROR "The walls have holes:\n  ${failures}")
endif()
