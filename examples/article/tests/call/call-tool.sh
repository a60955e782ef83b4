# Prints what the gateway answers to one call of a tool. Needs curl and the AWS CLI.
set -eu
user=terraform-test
password='TestPass123!'
aws cognito-idp admin-create-user --user-pool-id "$USER_POOL_ID" --username "$user" --message-action SUPPRESS >/dev/null
aws cognito-idp admin-set-user-password --user-pool-id "$USER_POOL_ID" --username "$user" --password "$password" --permanent
token=$(aws cognito-idp initiate-auth --client-id "$CLIENT_ID" --auth-flow USER_PASSWORD_AUTH \
  --auth-parameters "USERNAME=$user,PASSWORD=$password" --query AuthenticationResult.AccessToken --output text)

# Asked for by the last part of its name: the gateway puts the target's name in front.
ask() {
  curl -sS --fail-with-body -X POST "$GATEWAY_URL" -H "Authorization: Bearer $token" \
    -H "Content-Type: application/json" -H "Accept: application/json, text/event-stream" -d "$1"
}
name=$(ask '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' | tr ',{}' '\n\n\n' | sed -n "s/.*\"name\": *\"\([^\"]*___$TOOL\)\".*/\1/p" | head -n 1)
ask "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"$name\",\"arguments\":$ARGUMENTS}}"
