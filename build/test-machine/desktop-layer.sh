#!/bin/sh
# Makes what a test machine needs to run the package: the packages that it depends on, as apt itself finds them on a
# system that never had a desktop, and then a display and AppArmor's tools. Once outside, to lay the new files over the base root; then in
# there. Arguments: outside, the base root, the layer's folder, the package, settings of the environment.
set -e

if [ "$1" = outside ]; then
  base=$2 folder=$3 package=$4
  shift 4
  root=$folder/root
  mount --make-rprivate /
  mkdir "$folder/changes" "$folder/work" "$root"
  mount -t overlay overlay -o "lowerdir=$base,upperdir=$folder/changes,workdir=$folder/work" "$root"
  mount -t proc proc "$root/proc"
  mount -t tmpfs tmpfs "$root/tmp"
  cp "$0" "$root/tmp/layer"
  touch "$root/tmp/macula.deb"
  mount --bind "$package" "$root/tmp/macula.deb"
  exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin DEBIAN_FRONTEND=noninteractive "$@" sh /tmp/layer inside
fi

printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
apt-get -q update
apt-get -q install -y --no-install-recommends /tmp/macula.deb
# Before anything else brings libraries that the package should have asked for.
for program in /opt/Macula/macula-desktop /opt/Macula/*.so* /usr/lib/macula/macula /usr/lib/macula-host/macula-host; do
  if LC_ALL=C ldd "$program" | grep 'not found'; then
    echo "$program needs these, and the package does not depend on them"
    exit 1
  fi
done
apt-get -q purge -y macula-desktop
apt-get -q install -y --no-install-recommends xvfb xdotool desktop-file-utils gtk-update-icon-cache \
  apparmor
apt-get -q clean
rm -rf /usr/sbin/policy-rc.d /var/lib/apt/lists/* /var/cache/debconf/*-old /var/lib/dpkg/*-old /var/log/*.log
