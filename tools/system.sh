#!/bin/sh
# What the tests need of the system, from Debian's packages: a browser, a database server, Chinese letters for pictures.
set -eu
want=""
command -v chromium >/dev/null 2>&1 || want="$want chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || want="$want postgresql"
ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc >/dev/null 2>&1 || want="$want fonts-noto-cjk"
[ -n "$want" ] || exit 0
if [ "$(id -u)" != 0 ]; then
    echo "The tests need these packages; run once:" >&2
    echo "    sudo apt-get install -y$want" >&2
    exit 1
fi
apt-get update -qq
# The tests start a server of their own; Debian's would only take memory.
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $want
