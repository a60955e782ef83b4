/**
 * The shell commands that build an image and push it to ECR. Their arguments come in environment variables, and none is
 * written in braces, which Terraform would take for a reference of its own.
 *
 * The registry's password goes through a pipe, not through a command line that other processes can read. Without
 * `--provenance=false` each push would leave three images in the repository, an index among them, for one.
 */
export const BUILD_AND_PUSH = `
set -eu
fail() { echo "cdktf-agentcore: $1" >&2; exit 1; }
docker buildx version >/dev/null 2>&1 ||
  fail "building the image needs Docker with the buildx plugin: install it and apply again."
command -v aws >/dev/null ||
  fail "pushing the image needs the AWS CLI: install it and apply again."
password=$(aws ecr get-login-password --region "$REGION") ||
  fail "the AWS CLI got no ECR password: check its credentials."
registry=$(printf %s "$IMAGE_URI" | cut -d / -f 1)
printf %s "$password" | docker login --username AWS --password-stdin "$registry" ||
  fail "Docker could not log in to ECR."
unset password
set +u
set --
while IFS= read -r argument; do
  if [ -n "$argument" ]; then set -- "$@" --build-arg "$argument"; fi
done <<END_OF_ARGUMENTS
$BUILD_ARGS
END_OF_ARGUMENTS
set -u
docker buildx build "$@" --platform "$PLATFORM" --provenance=false --push -t "$IMAGE_URI" -f "$DOCKERFILE" "$CONTEXT" ||
  fail "the image could not be built and pushed. On an x86 machine, commands that the Dockerfile runs for arm64 need \
emulation: docker run --privileged --rm tonistiigi/binfmt --install arm64."
`.trimStart();
