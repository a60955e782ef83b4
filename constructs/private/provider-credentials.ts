import { AwsProvider, type AwsProviderAssumeRole } from "@cdktf/provider-aws/lib/provider";
import { Lazy, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/**
 * Shell commands after which the AWS CLI has the credentials of the stack's AWS provider, not those of the shell: its
 * profile and files, its keys, and the roles that it assumes one after the other. Nothing of it is written to a file.
 */
export const USE_PROVIDER_CREDENTIALS = `
if [ -n "$PROVIDER_PROFILE" ]; then
  export AWS_PROFILE="$PROVIDER_PROFILE"
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
fi
if [ -n "$PROVIDER_ACCESS_KEY" ]; then
  export AWS_ACCESS_KEY_ID="$PROVIDER_ACCESS_KEY" AWS_SECRET_ACCESS_KEY="$PROVIDER_SECRET_KEY"
  export AWS_SESSION_TOKEN="$PROVIDER_TOKEN"
  unset AWS_PROFILE
fi
if [ -n "$PROVIDER_CONFIG_FILE" ]; then export AWS_CONFIG_FILE="$PROVIDER_CONFIG_FILE"; fi
if [ -n "$PROVIDER_CREDENTIALS_FILE" ]; then export AWS_SHARED_CREDENTIALS_FILE="$PROVIDER_CREDENTIALS_FILE"; fi
while read -r role session external; do
  if [ -n "$role" ]; then
    set -- --role-arn "$role" --role-session-name "$session"
    if [ -n "$external" ]; then set -- "$@" --external-id "$external"; fi
    assumed=$(aws sts assume-role "$@" --query "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]" --output text) ||
      fail "the AWS CLI could not assume the AWS provider's role $role."
    read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<END_OF_CREDENTIALS
$assumed
END_OF_CREDENTIALS
    export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    unset AWS_PROFILE assumed
  fi
done <<END_OF_ROLES
$PROVIDER_ROLES
END_OF_ROLES
`;

/** What the commands of USE_PROVIDER_CREDENTIALS are told. The provider may come later in the program. */
export function providerCredentials(scope: Construct): Record<string, string> {
  const text = (of: (provider: AwsProvider) => string | undefined): string =>
    Lazy.stringValue({
      produce: () => {
        const provider = providerOf(scope);
        return (provider && of(provider)) ?? "";
      },
    });
  return {
    PROVIDER_PROFILE: text(({ profile }) => profile),
    PROVIDER_ACCESS_KEY: text(({ accessKey }) => accessKey),
    PROVIDER_SECRET_KEY: text(({ secretKey }) => secretKey),
    PROVIDER_TOKEN: text(({ token }) => token),
    PROVIDER_CONFIG_FILE: text(({ sharedConfigFiles }) => sharedConfigFiles?.[0]),
    PROVIDER_CREDENTIALS_FILE: text(({ sharedCredentialsFiles }) => sharedCredentialsFiles?.[0]),
    PROVIDER_ROLES: text(({ assumeRole }) => (Array.isArray(assumeRole) ? assumeRole.map(roleLine).join("\n") : "")),
  };
}

/** The stack's AWS provider without an alias, which all constructs use. */
function providerOf(scope: Construct): AwsProvider | undefined {
  return TerraformStack.of(scope)
    .allProviders()
    .filter((provider) => provider instanceof AwsProvider)
    .find(({ alias }) => alias === undefined);
}

/** None of the three holds a space. */
function roleLine({ roleArn = "", sessionName = "cdktf-agentcore", externalId = "" }: AwsProviderAssumeRole): string {
  return [roleArn, sessionName, externalId].join(" ").trimEnd();
}
