# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Refuses what include roots and guards cannot: an include that climbs out of its module (`../`) or names a file by its
# absolute path, one of the window's libraries by name, and any way of including that hides the name from this check
# (a macro, a comment or a digraph, `__has_include`, a link to a file outside).

set(name "[A-Za-z0-9_.+/-]+")
set(gui "Qt(Gui|Widgets|Svg|SvgWidgets|OpenGL|OpenGLWidgets|PrintSupport|Charts|Quick[A-Za-z0-9]*|UiTools)")
set(errors "")
file(GLOB_RECURSE sources "${MODULE}/*")
foreach(source IN LISTS sources)
  if(source MATCHES "/CMakeLists.txt$")
    continue()
  endif()
  if(IS_SYMLINK "${source}")
    string(APPEND errors "${source} is a link, and a module holds its own files only\n")
    continue()
  endif()
  file(STRINGS "${source}" lines REGEX
       "(#|%:|[?][?]=)[ \t]*(/[*].*)?(include|import|embed)|__has_include|^[ \t]*(#|%:)[ \t]*[a-z]*[\\\\]$")
  foreach(line IN LISTS lines)
    if(NOT line MATCHES "^[ \t]*#[ \t]*include[ \t]*[\"<](${name})[\">][ \t]*(//.*)?$")
      if(NOT line MATCHES "^[ \t]*(//|[*][^/])")
        string(APPEND errors "${source} includes in a way that hides what: ${line}\n")
      endif()
    elseif(CMAKE_MATCH_1 MATCHES "^/|[.][.]|(^|/)${gui}/")
      string(APPEND errors "${source} includes across a layer: ${line}\n")
    endif()
  endforeach()
endforeach()
if(errors)
  message(FATAL_ERROR "${errors}")
endif()
