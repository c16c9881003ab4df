"""See to it that Debian's Chromium is there for the browser tests; say plainly when it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = ("chromium", "fonts-noto-core")


def main() -> int:
    if shutil.which("chromium"):
        return 0
    if os.getuid() == 0 and shutil.which("apt-get"):
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=env, check=False)
        done = subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
            env=env, stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if done.returncode == 0 and shutil.which("chromium"):
            return 0
    print(
        "The browser tests need Chromium: install the packages "
        f"{' and '.join(PACKAGES)} (as root: apt-get install {' '.join(PACKAGES)}).",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
