#!/bin/sh
# Starts the installed app on a display of its own, as a desktop would, but with everything that makes an ordinary
# Electron run somebody else's code; and tells what comes of it. Argument: a folder for what it leaves.
folder=$1
mark=$folder/mark
echo "require('fs').writeFileSync('$mark', '')" >"$folder/lever.cjs"

Xvfb :7 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
display=$!
trap 'kill $display' EXIT
export DISPLAY=:7

ELECTRON_RUN_AS_NODE=1 NODE_OPTIONS="--require $folder/lever.cjs" \
  macula-desktop --inspect=127.0.0.1:9229 "$folder/lever.cjs" >"$folder/log" 2>&1 &
app=$!
for _ in $(seq 200); do
  window=$(xdotool search --onlyvisible --name 'Macula$' 2>/dev/null | head -n 1)
  [ -n "$window" ] && break
  sleep 0.1
done
[ -n "$window" ] && echo "window: $(xdotool getwindowname "$window")"
# Long enough to fall over.
sleep 5

for process in $(pgrep --full '^/opt/Macula/macula-desktop'); do
  words=$(tr '\0' ' ' <"/proc/$process/cmdline")
  kind=$(echo "$words" | sed -n 's/.* --type=\([a-z-]*\).*/\1/p')
  seccomp=$(sed -n 's/^Seccomp:\t//p' "/proc/$process/status")
  echo "process: ${kind:-main} seccomp $seccomp $(readlink "/proc/$process/ns/user")"
  case "$words" in *--no-sandbox*) echo "without sandbox: $words" ;; esac
done
[ -e "$mark" ] && echo 'foreign code ran'
curl --silent --max-time 2 http://127.0.0.1:9229/json/version >/dev/null && echo 'a debugger may connect'

kill -TERM $app
wait $app
echo "exit: $?"
sed 's/^/log: /' "$folder/log"
