#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/empty.sh [--in FOLDER] [PART...]   verifies the README's promises on an empty Debian 12, from a
# clone of HEAD; without a name, it runs every part.  It needs root, and it reports the programs that are
# missing.
#   display    packaging/run.sh on a display, until the sandbox's window appears
#   wayland    the same with Wayland only
#   pictures   packaging/run.sh without a display
#   package    builds, checks, installs, starts (by its desktop entry), upgrades and removes the package
#   test       packaging/test.sh
# The systems are created in /tmp and removed at the end.  With --in they are kept in FOLDER, and existing
# ones are reused unchanged.  Pictures are saved in build/empty.  Mirror and configuration of apt come from
# this computer.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

release=bookworm
ceiling=$((3 * 3600)) # timeout of a wait, in seconds, for a busy computer
kept=build/empty
folder=
parts=()
while (($#)); do
  case $1 in
    --in) folder=${2:?a folder follows --in}; shift ;;
    display | wayland | pictures | package | test) parts+=("$1") ;;
    *) say "There is no part called \"$1\", only display, wayland, pictures, package and test." >&2; exit 2 ;;
  esac
  shift
done
((${#parts[@]})) || parts=(display wayland pictures package test)

((EUID == 0)) || { say "Making another system takes root." >&2; exit 1; }
needed=(apt-get chroot git import identify openbox unshare xdotool Xvfb debootstrap)
[[ " ${parts[*]} " != *" wayland "* ]] || needed+=(weston weston-screenshooter)
for program in "${needed[@]}"; do
  command -v "$program" >/dev/null || { say "This needs $program." >&2; exit 1; }
done

mkdir -p "$kept"
if [[ $folder ]]; then
  mkdir -p "$folder"
  work=$(realpath "$folder")
  rm -f "$work/number"
else
  work=$(mktemp -d /tmp/empty-debian.XXXXXX)
fi
servers=() # processes to end that this script started: on this computer,
systems=() # and in the other systems, where all processes end with process 1
end() { # by SIGKILL, because process 1 ignores SIGTERM
  kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}
cleanup() {
  local status=$? process
  set +e
  for process in "${systems[@]}"; do
    end "$process"
  done
  for process in "${servers[@]}"; do
    kill "$process" 2>/dev/null && wait "$process" 2>/dev/null
  done
  if [[ $folder ]]; then
    say "The systems are in $work."
  elif grep -qF " $work/" /proc/self/mountinfo; then
    # Should never happen: mounts are made in separate namespaces, which end with their last process.
    say "Something is mounted below $work, so it stays." >&2
  else
    rm -rf --one-file-system "$work"
  fi
  exit $status
}
trap cleanup EXIT
trap 'exit 130' INT TERM

fail() { say "$*" >&2; exit 1; }

# await WHAT CHILD COMMAND...   waits until the command succeeds; fails if the child ends before
await() {
  local what=$1 child=$2 began=$SECONDS
  shift 2
  until "$@"; do
    kill -0 "$child" 2>/dev/null || "$@" || fail "$what: its program has ended."
    ((SECONDS - began < ceiling)) || fail "$what: not in $ceiling s."
    sleep 0.5
  done
}

# Lists the Debian sources of this computer, one a line.  Other archives in its package lists are omitted,
# because an empty Debian does not know them.
sources() {
  local format='$(ORIGIN)|$(CODENAME)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)'
  apt-get indextargets --format "$format" 'Created-By: Packages' |
    awk -F'|' -v name="$release" '$1 == "Debian" && index($2, name) == 1 { print $3, $4, $5 }' | sort -u
}

bootstrap() {
  local tarball=$kept/$release-$(dpkg --print-architecture).tar mirror
  if [[ ! -s $tarball ]]; then
    [[ $(sources) ]] || step "Refreshing the package lists" apt-get update
    mirror=$(sources | awk -v name="$release" '$2 == name { print $1; exit }')
    [[ $mirror ]] || fail "apt on this computer knows no archive of Debian's $release."
    step "Bootstrapping Debian $release" debootstrap --variant=minbase "$release" "$work/base" "$mirror"
    tar -C "$work/base" --one-file-system -cf "$tarball.part" .
    rm -rf --one-file-system "$work/base"
    mv "$tarball.part" "$tarball"
  fi
  printf '%s' "$tarball" >"$work/tarball"
}

# make SYSTEM   creates an empty Debian with this computer's access to the archive, and a clone of HEAD
make() {
  local root=$work/$1
  if [[ -d $root ]]; then
    say "  The system \"$1\" is there, with its clone of $(git -C "$root/root/capturedesk" log -1 --format=%h 2>/dev/null || true)"
    return
  fi
  [[ -s $work/tarball ]] || bootstrap
  mkdir "$root"
  tar -C "$root" -xf "$(<"$work/tarball")"
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
  rm -f "$root/etc/apt/sources.list"
  sources | sed 's/^/deb /' >"$root/etc/apt/sources.list.d/here.list"
  cp -a /etc/apt/trusted.gpg.d/. "$root/etc/apt/trusted.gpg.d/"
  apt-config dump --no-empty --format '%f "%v";%n' |
    grep -E '^Acquire::(https?::|Check-|Retries|Languages|ForceIPv)' >"$root/etc/apt/apt.conf.d/90here" || true
  # Prevents packages from starting services in the other system.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod +x "$root/usr/sbin/policy-rc.d"
  git clone -q --depth 1 "file://$PWD" "$root/root/capturedesk"
}

# inside SYSTEM [NAME=VALUE...] COMMAND...   runs a command in the system's clone, with mounts and processes
# that end with the command.  The network is this computer's, and X and Wayland are reached through their
# sockets.
inside() {
  local root=$work/$1 name proxies=()
  shift
  for name in http_proxy https_proxy no_proxy; do
    [[ -z ${!name-} ]] || proxies+=("$name=${!name}")
  done
  # bash stays process 1, so that orphaned processes are reaped.
  exec unshare --mount --pid --fork --kill-child bash -c '
    set -e
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    chroot "$root" /usr/bin/env -i --chdir=/root/capturedesk "$@"
    exit $?' inside "$root" HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    "${proxies[@]}" "$@" </dev/null
}
# Runs in the background, so that a signal ends this script at once.
run() {
  (inside "$@") &
  systems+=($!)
  wait $!
}

# start LOG SYSTEM [NAME=VALUE...] COMMAND...   runs a command in parallel; $started is its process
start() {
  local log=$1
  shift
  (inside "$@") >"$log" 2>&1 &
  started=$!
  systems+=("$started")
}

# Starts an X server with a window manager; $display is its name.
display=
open_display() {
  [[ ! $display ]] || return 0
  mkfifo "$work/number"
  Xvfb -displayfd 7 -screen 0 1400x900x24 -nolisten tcp 7>"$work/number" >"$work/xvfb.log" 2>&1 &
  servers+=($!)
  display=:$(head -n 1 "$work/number")
  # openbox ignores windows that ask to be shown while it starts, so it reports when it is ready.
  rm -f "$work/managed"
  DISPLAY=$display openbox --sm-disable --startup "touch $work/managed" >"$work/openbox.log" 2>&1 &
  servers+=($!)
  await "openbox" $! test -e "$work/managed"
}

# Whether a visible window's title begins with this text
shows() { DISPLAY=$display xdotool search --onlyvisible --name "^$1" >/dev/null 2>&1; }

# picture NAME   saves a picture of the display, once the display has stopped changing
picture() {
  local file=$kept/$1.png before= now i
  for ((i = 0; i < 60; ++i)); do
    DISPLAY=$display import -window root "$file"
    now=$(identify -format '%#' "$file")
    [[ $now != "$before" ]] || break
    before=$now
    sleep 1
  done
  drawn "$file"
}
drawn() {
  (($(identify -format '%k' "$1") > 100)) || fail "$1 shows nothing."
  say "  picture: $1"
}

devices_came() { grep -qrs 'devices read.*complete' "$work/$1"; }

part_display() {
  make user
  open_display
  start "$work/display.log" user DISPLAY="$display" packaging/run.sh
  await "packaging/run.sh" "$started" shows "Capture Desk: Sandbox"
  await "The sandbox's devices" "$started" devices_came user/root/.local/share/capturedesk
  picture display
  cat "$work/display.log"
  end "$started"
}

part_wayland() {
  make user
  local sockets=$work/user/run/wayland weston file=$kept/wayland.png
  rm -rf "$work/user/root/.local/share/capturedesk" # the script waits for a line in the program's log
  mkdir -p -m 700 "$sockets"
  XDG_RUNTIME_DIR=$sockets weston --backend=headless-backend.so --use-pixman --socket=wayland-9 --width=1400 \
    --height=900 --idle-time=0 --no-config --debug >"$work/weston.log" 2>&1 &
  weston=$!
  servers+=("$weston")
  await "weston" "$weston" test -S "$sockets/wayland-9"
  start "$work/wayland.log" user WAYLAND_DISPLAY=wayland-9 XDG_RUNTIME_DIR=/run/wayland packaging/run.sh
  await "packaging/run.sh" "$started" devices_came user/root/.local/share/capturedesk
  sleep 3 # the window shows the devices a moment after they are logged
  (cd "$sockets" && XDG_RUNTIME_DIR=$sockets WAYLAND_DISPLAY=wayland-9 weston-screenshooter)
  mv "$sockets"/wayland-screenshot-*.png "$file"
  drawn "$file"
  cat "$work/wayland.log"
  end "$started"
  kill "$weston"
  wait "$weston" || true
}

part_pictures() {
  make pictures
  run pictures packaging/run.sh
  local shots=("$work"/pictures/root/capturedesk/build/screenshots/*.png)
  rm -rf "$kept/screenshots"
  mkdir "$kept/screenshots"
  cp "${shots[@]}" "$kept/screenshots/"
  say "  pictures: ${#shots[@]} in $kept/screenshots"
}

part_test() {
  make test
  run test packaging/test.sh
}

quiet_apt() {
  local system=$1
  shift
  run "$system" DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 "$@"
}

# Lists all traces of the program, except the user's own files, apt's history, and the package files in /srv
traces() {
  run desk bash -euc '
    find / -xdev "(" -path /proc -o -path /sys -o -path /dev -o -path /home -o -path /root -o -path /srv ")" -prune -o \
      -iname "*capturedesk*" -print
    grep -rlis capturedesk /etc /usr/share /var/lib/dpkg /var/cache || true'
}

part_package() {
  local xlsx=application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
  make user
  step "Making the package" run user bash -euc '
    packaging/dependencies.sh build package
    cmake --preset release
    cmake --build --preset release --target package'
  run user packaging/check-package.sh build/release
  # Repackages the same build as an earlier version, to upgrade from.
  step "Making an earlier one" run user bash -euc 'cd build/release && cpack -G DEB -R 0.0.1 -B /root/earlier'

  make desk
  rm -rf --one-file-system "$work/desk/root/capturedesk" # a user who installs a package has no sources
  mkdir -p "$work/desk/root/capturedesk" "$work/desk/srv/packages"
  cp "$work"/user/root/capturedesk/build/release/capturedesk_*.deb "$work/desk/srv/packages/current.deb"
  cp "$work"/user/root/earlier/capturedesk_*.deb "$work/desk/srv/packages/earlier.deb"
  # The minimum of a desktop: readers of desktop entries and MIME types, and a user.
  step "Installing what stands for a desktop" run desk DEBIAN_FRONTEND=noninteractive bash -euc '
    apt-get -qq update
    apt-get -qq -y install --no-install-recommends libglib2.0-bin desktop-file-utils shared-mime-info
    useradd --create-home --shell /bin/bash helpdesk
    printf "Name,User\nANA-LT-04,ana@example.com\nNOBODY-77,nobody@example.com\n" >/home/helpdesk/devices.csv'
  traces >"$work/traces"
  [[ ! -s $work/traces ]] || fail "Before it is installed, there is $(<"$work/traces")."

  step "Installing version 0.0.1" quiet_apt desk install /srv/packages/earlier.deb
  [[ $(run desk gio mime text/csv) == *capturedesk.desktop* ]] || fail "Tables are not opened with Capture Desk."
  [[ $(run desk gio mime "$xlsx") == *capturedesk.desktop* ]] || fail "Workbooks are not opened with Capture Desk."
  open_display
  # The user's session: runs the commands that it receives, and ends the program when the session ends.
  cat >"$work/desk/usr/local/bin/session" <<'SESSION'
#!/bin/bash
# Finds the program by its name, because other processes cannot read its state, not even its executable's
# path.
own() {
  local process
  for process in /proc/[0-9]*; do
    [[ $(cat "$process/comm" 2>/dev/null) != capturedesk ]] || echo "${process#/proc/}"
  done
}
cd
exec 3<>/srv/commands
ran=
while :; do
  if read -r -t 1 -u 3 command; then
    [[ $command != end ]] || break
    echo "+ $command"
    $command
  fi
  if [[ $(own) ]]; then ran=yes
  elif [[ $ran ]]; then echo "Capture Desk has ended by itself."; exit 1
  fi
done
kill -TERM $(own)
while [[ $(own) ]]; do sleep 0.2; done
SESSION
  chmod +x "$work/desk/usr/local/bin/session"
  mkfifo -m 666 "$work/desk/srv/commands"
  local session=(DISPLAY="$display" XDG_DATA_DIRS=/usr/share runuser -u helpdesk -- env HOME=/home/helpdesk session)
  local entry=/usr/share/applications/capturedesk.desktop action ceiling=900
  start "$work/session.log" desk "${session[@]}"
  session_runs() { printf '%s\n' "$*" >"$work/desk/srv/commands"; }
  session_ends() {
    session_runs end
    wait "$started" || { cat "$work/session.log" >&2; fail "The session ended with an error."; }
  }
  session_runs gio launch "$entry"
  await "The window of the desktop entry" "$started" shows "Capture Desk"
  picture package-entry
  action=$(sed -n '/^\[Desktop Action sandbox\]/,$ s/^Exec=//p' "$work/desk$entry")
  session_runs "$action"
  await "The sandbox's window" "$started" shows "Capture Desk: Sandbox"
  await "The sandbox's devices" "$started" devices_came desk/home/helpdesk
  picture package-sandbox
  session_runs gio open /home/helpdesk/devices.csv
  await "The page of the opened table" "$started" shows "Load a device list"
  picture package-table

  step "Upgrading while it runs" quiet_apt desk install /srv/packages/current.deb
  kill -0 "$started" 2>/dev/null || fail "Capture Desk did not outlive the upgrade."
  session_ends
  say "  upgraded to $(run desk dpkg-query -W -f '${Version}' capturedesk), ended"
  start "$work/session.log" desk "${session[@]}"
  session_runs gio launch "$entry"
  await "The window after the upgrade" "$started" shows "Capture Desk: Sandbox"
  picture package-upgraded
  session_ends

  step "Removing" quiet_apt desk purge --autoremove capturedesk
  traces >"$work/traces"
  [[ ! -s $work/traces ]] || { cat "$work/traces" >&2; fail "Removing it leaves the files above."; }
  [[ $(run desk gio mime text/csv) != *capturedesk* ]] || fail "Tables are still opened with Capture Desk."
  [[ $(run desk gio mime "$xlsx") != *capturedesk* ]] || fail "Workbooks are still opened with Capture Desk."
  say "  removed; nothing is left but the user's own data"
}

for part in "${parts[@]}"; do
  began=$SECONDS
  say "== $part"
  "part_$part"
  minutes=$(((SECONDS - began + 30) / 60))
  say "== $part holds, after $minutes min"
  summary+=("$part: $minutes min")
done
printf '%s\n' "On an empty Debian 12, at $(git -c safe.directory="$PWD" log -1 --format='%h %s'):" "${summary[@]}"
