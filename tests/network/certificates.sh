#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# certificates.sh OPENSSL FOLDER: creates a certificate authority for this build only, and what it signed: one valid
# certificate, and one for each way of being invalid.
set -eu
openssl=$1
cd "$2"
: > index.txt
echo 1000 > serial
cat > ca.cnf <<'END'
[ca]
default_ca = here
[here]
dir = .
database = ./index.txt
serial = ./serial
new_certs_dir = .
certificate = authority.pem
private_key = authority.key
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
END
key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"

$openssl req -x509 $key -days 3650 -subj "/CN=Inspection of Contoso" \
  -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign" \
  -keyout authority.key -out authority.pem 2> log

# sign NAME SUBJECT NAMES FROM UNTIL
sign() {
  $openssl req $key -subj "/CN=$2" -addext "subjectAltName=$3" -keyout "$1.key" -out "$1.csr" 2>> log
  $openssl ca -batch -config ca.cnf -notext -startdate "$4" -enddate "$5" -in "$1.csr" -out "$1.pem" 2>> log
}
here="DNS:localhost,IP:127.0.0.1"
sign signed service.example.com "$here" 20200101000000Z 20491231235959Z
sign expired service.example.com "$here" 20200101000000Z 20210101000000Z
sign future service.example.com "$here" 20480101000000Z 20491231235959Z
sign elsewhere portal.example.net "DNS:portal.example.net" 20200101000000Z 20491231235959Z
