#!/bin/sh
# The browser tests need Chromium: use the one that is there, else install it, else say so and fail.
set -eu

have_browser() {
    [ -n "${GLASSBOX_CHROMIUM:-}" ] && [ -x "$GLASSBOX_CHROMIUM" ] && return 0
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

have_browser && exit 0

if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        as_root="none"
    fi
    if [ "$as_root" != none ]; then
        echo "No browser found: installing chromium and Korean fonts."
        $as_root apt-get update -q || true
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium fonts-noto-cjk || true
        have_browser && exit 0
    fi
fi

echo "The browser tests need Chromium, and none is here (Debian: apt-get install chromium fonts-noto-cjk; elsewhere set GLASSBOX_CHROMIUM to its path)." >&2
exit 1
