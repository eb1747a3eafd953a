#!/bin/sh
# Runs as root inside the new machine's root, with the packages still to be installed as arguments.
set -e
export DEBIAN_FRONTEND=noninteractive

# Nothing is started while packages are installed, and nothing is kept that no test reads.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
cat >/etc/dpkg/dpkg.cfg.d/test-machine <<'END'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
END
apt-get -q update
apt-get -q install -y --no-install-recommends "$@"

# Nothing that a test did not ask for runs. Some of these a test switches on; the others cannot work here.
systemctl disable NetworkManager NetworkManager-wait-online NetworkManager-dispatcher firewalld ufw avahi-daemon \
  avahi-daemon.socket dnsmasq nftables docker docker.socket containerd systemd-networkd systemd-networkd-wait-online \
  systemd-timesyncd 2>/dev/null || true
systemctl mask systemd-modules-load systemd-udevd console-getty getty@ apt-daily.timer apt-daily-upgrade.timer \
  dpkg-db-backup.timer e2scrub_all.timer fstrim.timer e2scrub_reap systemd-networkd-wait-online

cat >/etc/hosts <<'END'
127.0.0.1	localhost
127.0.1.1	machine

::1	localhost ip6-localhost ip6-loopback
ff02::1	ip6-allnodes
ff02::2	ip6-allrouters
END
echo machine >/etc/hostname

# One who may become root after giving a password (the same as the name), and one who may not.
useradd --create-home --uid 1000 --shell /bin/bash --groups sudo dev
useradd --create-home --uid 1001 --shell /bin/bash other
printf 'dev:dev\nother:other\n' | chpasswd

# Where the running Node and the checkout's programs are put, which are modules.
mkdir -p /opt/node/bin /opt/macula
touch /opt/node/bin/node
echo '{ "type": "module" }' >/opt/package.json

apt-get -q clean
rm -rf /usr/sbin/policy-rc.d /var/lib/apt/lists/* /var/cache/debconf/*-old /var/lib/dpkg/*-old /var/log/*.log
# The first start is not taken for an installation.
: >/etc/machine-id
