#!/usr/bin/env bash
# bash .ci/pin_images.sh >> .env: the images of compose.yaml by digest, as the registry tells them today, for compose to use.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v docker >/dev/null || { echo "docker is missing: run this where the images are pulled." >&2; exit 1; }
# Each stands in compose.yaml as ${NAME_IMAGE:-image:version}.
sed -nE 's/.*\$\{([A-Z]+_IMAGE):-([^}]+)\}.*/\1 \2/p' compose.yaml | while read -r name image; do
    digest=$(docker buildx imagetools inspect "$image" --format '{{.Manifest.Digest}}' </dev/null) ||
        { echo "The registry does not tell the digest of $image; its message is above. Nothing more was pinned." >&2; exit 1; }
    [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || { echo "For $image came “$digest”, which is no digest." >&2; exit 1; }
    echo "$name=$image@$digest"
done
