# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Rejects the includes that include roots and guards cannot prevent: those that leave their module (`../`),
# name a file by its absolute path or name a library of the window, and every form of include that hides the
# name from this check (a macro, a comment or a digraph, `__has_include`, a symbolic link to a file outside).

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
