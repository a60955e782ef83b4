import { USE_PROVIDER_CREDENTIALS } from "../../private/provider-credentials";

/**
 * The shell commands that build an image and push it to ECR. Their arguments come in environment variables, and none is
 * written in braces, which Terraform would take for a reference of its own.
 *
 * The registry's password goes through a pipe, not through a command line that other processes can read, and into a
 * configuration of Docker's that is removed in the end: no token is left behind. An image whose tag is in the repository
 * is there already, and a tag that cannot move would refuse another. Without `--provenance=false` each push would leave
 * three images in the repository, an index among them, for one.
 */
export const BUILD_AND_PUSH = `
set -eu
fail() { echo "cdktf-agentcore: $1" >&2; exit 1; }
docker buildx version >/dev/null 2>&1 ||
  fail "building the image needs Docker with the buildx plugin: install it and apply again."
command -v aws >/dev/null ||
  fail "pushing the image needs the AWS CLI: install it and apply again."
set +u
${USE_PROVIDER_CREDENTIALS.trim()}
set -u
registry=$(printf %s "$IMAGE_URI" | cut -d / -f 1)
repository=$(printf %s "$IMAGE_URI" | cut -d / -f 2- | cut -d : -f 1)
tag=$(printf %s "$IMAGE_URI" | cut -d : -f 2)
digest=$(aws ecr describe-images --region "$REGION" --repository-name "$repository" --image-ids imageTag="$tag" \\
  --query "imageDetails[0].imageDigest" --output text 2>/dev/null) || digest=
case "$digest" in
  sha256:*) echo "cdktf-agentcore: $IMAGE_URI is there already."; exit 0 ;;
esac
password=$(aws ecr get-login-password --region "$REGION") ||
  fail "the AWS CLI got no ECR password: check the credentials of the AWS provider."
set +u
own=$DOCKER_CONFIG
if [ -z "$own" ]; then own=$HOME/.docker; fi
set -u
umask 077
work=$(mktemp -d)
trap 'docker --config "$work" logout "$registry" >/dev/null 2>&1; rm -rf "$work"' EXIT
if [ -f "$own/config.json" ]; then cp "$own/config.json" "$work/config.json"; fi
for name in buildx cli-plugins contexts; do
  if [ -e "$own/$name" ]; then ln -s "$own/$name" "$work/$name"; fi
done
printf %s "$password" | docker --config "$work" login --username AWS --password-stdin "$registry" ||
  fail "Docker could not log in to ECR."
unset password
set +u
set --
while IFS= read -r argument; do
  if [ -n "$argument" ]; then set -- "$@" --build-arg "$argument"; fi
done <<END_OF_ARGUMENTS
$BUILD_ARGS
END_OF_ARGUMENTS
while IFS= read -r option; do
  if [ -n "$option" ]; then set -- "$@" "$option"; fi
done <<END_OF_OPTIONS
$BUILD_OPTIONS
END_OF_OPTIONS
set -u
docker --config "$work" buildx build "$@" --platform "$PLATFORM" --provenance=false --push \\
  -t "$IMAGE_URI" -f "$DOCKERFILE" "$CONTEXT" ||
  fail "the image could not be built and pushed. On an x86 machine, commands that the Dockerfile runs for arm64 need \
emulation: docker run --privileged --rm tonistiigi/binfmt --install arm64."
`.trimStart();
