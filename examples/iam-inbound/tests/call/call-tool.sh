# Prints what the gateway answers to one signed call of a tool. Needs curl 7.75 or later.
set -eu

# Asked for by the last part of its name: the gateway puts the target's name in front.
ask() {
  curl -sS --fail-with-body -X POST "$GATEWAY_URL" --aws-sigv4 "aws:amz:$REGION:bedrock-agentcore" \
    --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: ${AWS_SESSION_TOKEN:-}" \
    -H "Content-Type: application/json" -H "Accept: application/json, text/event-stream" -d "$1"
}
name=$(ask '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' | tr ',{}' '\n\n\n' | sed -n "s/.*\"name\": *\"\([^\"]*___$TOOL\)\".*/\1/p" | head -n 1)
ask "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"$name\",\"arguments\":$ARGUMENTS}}"
