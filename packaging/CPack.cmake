# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `cmake --build --preset release --target package` creates a package for Debian 12 in build/release.
# dpkg triggers of the desktop's own packages refresh the menu, icon and MIME caches, so the package has no
# maintainer scripts.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME capturedesk)
set(CPACK_PACKAGE_VENDOR "The Capture Desk authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION
"Finds end users' devices, starts packet captures and WARP diagnostics on them
through Cloudflare's remote commands, follows them until their files are there
and saves them. It works from the keyboard, on one laptop or on a spreadsheet's
worth of machines, and sends nothing twice.

It comes with a sandbox, an account with invented devices on this computer, to
try everything on.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# A domain reserved for examples, because the project has no domain of its own.
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The Capture Desk authors <capturedesk@example.org>")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# These are loaded at run time, so dpkg-shlibdeps does not detect them: Qt loads the journal's database driver
# and the SVG reader, and the program loads the translations of Qt's own buttons.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite, libqt6svg6, qt6-translations-l10n")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates, qt6-wayland")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "wireshark")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# Fixed permissions, independent of the umask of the build.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
