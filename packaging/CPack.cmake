# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `cmake --build --preset release && (cd build/release && cpack)` makes a package for Debian 12.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME capturedesk)
set(CPACK_PACKAGE_VENDOR "The Capture Desk authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Packet captures and WARP diagnostics for helpdesk operators")
set(CPACK_PACKAGE_DESCRIPTION
"Finds end users' devices, starts packet captures and WARP diagnostics on them
through Cloudflare's remote commands, follows them until their files are there
and shows what is inside. Comes with a sandbox account to try it on.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The Capture Desk authors <capturedesk@localhost>")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded at run time: by Qt for the icons and the journal, by QtKeychain for the secrets.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6svg6, libqt6sql6-sqlite, libsecret-1-0")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "wireshark")

install(FILES "${CMAKE_CURRENT_SOURCE_DIR}/copyright" DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/capturedesk)
include(CPack)
