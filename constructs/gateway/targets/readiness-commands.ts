import { USE_PROVIDER_CREDENTIALS } from "../../private/provider-credentials";

/**
 * The shell commands that wait for a runtime. Their arguments come in environment variables, and none is written in
 * braces, which Terraform would take for a reference of its own. Tokens go through pipes and files that only their
 * owner reads, not through command lines, and are never printed.
 */

/** A container has 30 seconds to start, in some VPCs 120. */
const ATTEMPTS = 24;
const SECONDS_BETWEEN = 5;

const INITIALIZE = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-03-26",
    capabilities: {},
    clientInfo: { name: "cdktf-agentcore-readiness", version: "1.0.0" },
  },
});

const PREPARE = `
set -eu
umask 077
fail() { echo "cdktf-agentcore: $1" >&2; exit 1; }
command -v aws >/dev/null ||
  fail "waiting for the runtime needs the AWS CLI: install it and apply again, or set waitUntilReady to false."
set +u
${USE_PROVIDER_CREDENTIALS.trim()}
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf %s '${INITIALIZE}' >"$work/initialize.json"
`;

const waitFor = (call: string): string => `
attempt=1
until ${call}; do
  [ "$attempt" -lt ${ATTEMPTS} ] ||
    fail "the runtime did not answer MCP's initialize: look into its log group, /aws/bedrock-agentcore/runtimes/."
  attempt=$((attempt + 1))
  sleep ${SECONDS_BETWEEN}
done
`;

/** For a runtime that takes tokens. */
export const CALL_WITH_TOKEN = `${PREPARE}
command -v curl >/dev/null ||
  fail "waiting for the runtime needs curl: install it and apply again, or set waitUntilReady to false."
get_token() {
  aws bedrock-agentcore get-workload-access-token --region "$REGION" --workload-name "$WORKLOAD_NAME" \\
    --query workloadAccessToken --output text >"$work/workload" &&
  printf '%s' "$SCOPES" | tr ' ' '\\n' | sed 's/.*/"&"/' | paste -sd , - >"$work/scopes" &&
  printf '{"workloadIdentityToken":"%s","resourceCredentialProviderName":"%s","scopes":[%s],"oauth2Flow":"M2M"}' \\
    "$(cat "$work/workload")" "$(printf %s "$PROVIDER_ARN" | sed 's|.*/||')" "$(cat "$work/scopes")" \\
    >"$work/request.json" &&
  aws bedrock-agentcore get-resource-oauth2-token --region "$REGION" --cli-input-json "file://$work/request.json" \\
    --query accessToken --output text >"$work/token" &&
  printf 'header = "Authorization: Bearer %s"\\n' "$(cat "$work/token")" >"$work/curl"
}
call() {
  get_token &&
  curl --silent --fail --max-time 120 --output /dev/null --config "$work/curl" --data-binary "@$work/initialize.json" \\
    --header "Content-Type: application/json" --header "Accept: application/json, text/event-stream" "$RUNTIME_URL"
}
${waitFor("call")}`.trimStart();

/** For a runtime that takes signatures. */
export const CALL_WITH_SIGNATURE = `${PREPARE}${waitFor(
  'aws bedrock-agentcore invoke-agent-runtime --region "$REGION" --agent-runtime-arn "$RUNTIME_ARN" ' +
    '--content-type application/json --accept "application/json, text/event-stream" ' +
    '--payload "fileb://$work/initialize.json" "$work/answer" >/dev/null',
)}`.trimStart();
