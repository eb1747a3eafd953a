#!/bin/sh
# The first process in the namespaces of a test machine: lays out its file system and becomes its systemd.
# Arguments: the machine's folder, the base root, the running Node, the checkout's programs.
set -e
folder=$1 base=$2 node=$3 programs=$4
root=$folder/root

mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$base,upperdir=$folder/changes,workdir=$folder/work" "$root"
# An engine cannot lay overlays over an overlay.
mkdir -p "$root/var/lib/docker"
mount --bind "$folder/docker" "$root/var/lib/docker"
mount --bind "$node" "$root/opt/node/bin/node"
mount -o remount,bind,ro "$root/opt/node/bin/node"
mount --bind "$programs" "$root/opt/macula"
mount -o remount,bind,ro "$root/opt/macula"

# Settings of the kernel that are not the network's belong to the real machine: they can be read, not changed.
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount --bind "$root/proc/sys/net" "$root/proc/sys/net"
mount -o remount,bind,ro "$root/proc/sys"
# Read-only, so that nobody waits for a udev.
mount -t sysfs sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -o remount,bind,ro "$root/sys"

mount -t tmpfs tmpfs "$root/run" -o mode=755
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/dev" -o mode=755
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts devpts "$root/dev/pts" -o newinstance,ptmxmode=0666,mode=620
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
touch "$root/dev/console"

cd "$root"
mkdir -p mnt/outside
pivot_root . mnt/outside
umount -l /mnt/outside
rmdir /mnt/outside
exec env -i container=macula PATH=/usr/sbin:/usr/bin TERM=dumb /lib/systemd/systemd --log-target=console --show-status=no
