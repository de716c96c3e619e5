# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Refuses an include that climbs out of its room (`../`) or names a file by its absolute path: include roots cannot.

file(GLOB_RECURSE sources "${ROOM}/*.h" "${ROOM}/*.cpp")
foreach(source IN LISTS sources)
  file(STRINGS "${source}" climbing REGEX "^[ \t]*#[ \t]*(include|import)[^A-Za-z]*[\"<]([^\">]*\\.\\.|/)")
  if(climbing)
    message(FATAL_ERROR "${source} includes across a wall: ${climbing}")
  endif()
endforeach()
