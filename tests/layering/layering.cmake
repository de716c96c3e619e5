# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Plants one forbidden include at a time in a copy of the engine.  Fails if the module with the include still compiles,
# or if its build fails for another reason.

cmake_minimum_required(VERSION 3.25)
cmake_policy(SET CMP0007 NEW)

file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}")
file(COPY "${SOURCE}/CMakeLists.txt" "${SOURCE}/CMakePresets.json" "${SOURCE}/app" "${SOURCE}/packaging"
     DESTINATION "${SCRATCH}/source")
# Nothing is linked here, so nothing needs moc, which would first build every module that this one depends on.
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

# The module's smallest source file, so that each attempt needs only a short compilation.
function(smallest module result)
  file(GLOB sources "${app}/${module}/*.cpp")
  list(REMOVE_ITEM sources "${app}/${module}/main.cpp")
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
    message(FATAL_ERROR "app/${module} has no source file to plant anything in")
  endif()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

# Ninja's `source^` means the outputs of that source.
function(compile source status_result output_result)
  execute_process(RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output
    COMMAND ${CMAKE_COMMAND} --build "${build}" --target "${source}^")
  set(${status_result} "${status}" PARENT_SCOPE)
  set(${output_result} "${output}" PARENT_SCOPE)
endfunction()

function(expect_sound module)
  smallest(${module} source)
  compile("${source}" status output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "app/${module} does not build even without anything planted:\n${output}")
  endif()
  message(STATUS "app/${module} builds as it is")
endfunction()

# expect_refused(MODULE LINES NAMED)   LINES at the top of a source of MODULE must make its build fail with a message
# that contains NAMED.
function(expect_refused module lines named)
  smallest(${module} source)
  file(READ "${source}" original)
  file(WRITE "${source}" "${lines}\n${original}")
  compile("${source}" status output)
  file(WRITE "${source}" "${original}")
  judge("app/${module} with ${lines}" "${named}" "${status}" "${output}")
  set(failures "${failures}" PARENT_SCOPE)
endfunction()

# The same for a compiler option, which a check of the sources would not see.
function(expect_refused_option module option named)
  smallest(${module} source)
  file(READ "${app}/${module}/CMakeLists.txt" original)
  file(APPEND "${app}/${module}/CMakeLists.txt" "\ntarget_compile_options(capturedesk_${module} PRIVATE ${option})\n")
  compile("${source}" status output)
  file(WRITE "${app}/${module}/CMakeLists.txt" "${original}")
  judge("app/${module} compiled with ${option}" "${named}" "${status}" "${output}")
  set(failures "${failures}" PARENT_SCOPE)
endfunction()

macro(judge what named status output)
  string(FIND "${output}" "${named}" position)
  if("${status}" EQUAL 0)
    list(APPEND failures "${what} builds")
    message(STATUS "NOT REFUSED: ${what} builds")
  elseif(position EQUAL -1)
    list(APPEND failures "${what} fails without a word about ${named}")
    message(STATUS "UNCLEAR: ${what} fails without a word about ${named}:\n${output}")
  else()
    message(STATUS "refused: ${what}")
  endif()
endmacro()

configure()
foreach(module IN ITEMS api devices exports sandbox)
  expect_sound(${module})
endforeach()

# Headers of the window.  The option proves that the compiler refuses them, too, and not only the check of the sources.
expect_refused(api "#include <QtWidgets/QLabel>" "QtWidgets/QLabel")
expect_refused(devices "#include <QtGui/QColor>" "QtGui/QColor")
expect_refused(devices "#include <QColor>" "QColor")
expect_refused_option(api "-include QtWidgets/QLabel" "QtWidgets/QLabel")
expect_refused_option(devices "-include QtGui/QColor" "QtGui/QColor")

# Modules of higher layers, by name and by path.
expect_refused(api "#include \"captures/desk.h\"" "captures/desk.h")
expect_refused(api "#include \"../captures/plan.h\"" "../captures/plan.h")
expect_refused(api "#include \"${app}/captures/plan.h\"" "captures/plan.h")
expect_refused(api "#define PLAN \"../captures/plan.h\"\n#include PLAN" "#include PLAN")
expect_refused(devices "#include \"captures/plan.h\"" "captures/plan.h")

# Modules that use no other module, or only the lowest.
expect_refused(base "#include \"storage/paths.h\"" "storage/paths.h")
expect_refused(exports "#include \"api/error.h\"" "api/error.h")
expect_refused(sandbox "#include \"api/requests.h\"" "api/requests.h")

# The copy must still compile after all this, otherwise the last refusals prove nothing.
foreach(module IN ITEMS api devices exports sandbox)
  expect_sound(${module})
endforeach()

if(failures)
  list(JOIN failures "\n  " failures)
  message(FATAL_ERROR "The layering check has holes:\n  ${failures}")
endif()
