import type { AwsProviderAssumeRole, AwsProviderAssumeRoleWithWebIdentity } from "@cdktf/provider-aws/lib/provider";
import { Lazy, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { awsProviders } from "./aws-providers";

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
assume() {
  assumed=$(aws sts "$@" --query "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]" --output text) ||
    fail "the AWS CLI could not assume the AWS provider's role $3."
  read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<END_OF_CREDENTIALS
$assumed
END_OF_CREDENTIALS
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
  unset AWS_PROFILE assumed
}
set --
while IFS= read -r argument; do
  if [ -n "$argument" ]; then
    set -- "$@" "$argument"
  elif [ -n "$1" ]; then
    assume "$@"
    set --
  fi
done <<END_OF_ROLES
$PROVIDER_ROLES

END_OF_ROLES
`;

type Provider = ReturnType<typeof awsProviders>[number];

/** What the commands of USE_PROVIDER_CREDENTIALS are told. The provider may come later in the program. */
export function providerCredentials(scope: Construct): Record<string, string> {
  const text = (of: (provider: Provider) => string | undefined): string =>
    Lazy.stringValue({
      produce: () => {
        // All constructs use the one without an alias.
        const provider = awsProviders(TerraformStack.of(scope)).find(({ alias }) => alias === undefined);
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
    PROVIDER_ROLES: text(({ assumeRoleWithWebIdentity, assumeRole }) =>
      [...listed(assumeRoleWithWebIdentity).map(assumeByToken), ...listed(assumeRole).map(assume)].join("\n\n"),
    ),
  };
}

function listed<T extends object>(roles: readonly T[] | object | undefined): readonly T[] {
  return Array.isArray(roles) ? (roles as readonly T[]) : [];
}

/** Arguments of `aws sts`, one a line, the role's ARN the third. */
function assume(role: AwsProviderAssumeRole): string {
  const { sourceIdentity, tags = {}, transitiveTagKeys = [] } = role;
  return argumentLines("assume-role", role, [
    ["external-id", role.externalId],
    ["source-identity", sourceIdentity],
    ["tags", ...Object.entries(tags).map(([key, value]) => `Key=${key},Value=${value}`)],
    ["transitive-tag-keys", ...transitiveTagKeys],
  ]);
}

function assumeByToken(role: AwsProviderAssumeRoleWithWebIdentity): string {
  const { webIdentityToken, webIdentityTokenFile: file } = role;
  const token = webIdentityToken ?? (file === undefined ? undefined : `file://${file}`);
  return argumentLines("assume-role-with-web-identity", role, [["web-identity-token", token]]);
}

type Option = readonly [name: string, ...values: readonly (string | undefined)[]];

function argumentLines(
  operation: string,
  role: AwsProviderAssumeRole & AwsProviderAssumeRoleWithWebIdentity,
  others: readonly Option[],
): string {
  const { roleArn, sessionName = "cdktf-agentcore", duration, policy, policyArns = [] } = role;
  const options: readonly Option[] = [
    ["role-arn", roleArn],
    ["role-session-name", sessionName],
    ...others,
    ["duration-seconds", duration === undefined ? undefined : seconds(duration)],
    ["policy", policy?.replace(/\s*\n\s*/g, " ")],
    ["policy-arns", ...policyArns.map((arn) => `arn=${arn}`)],
  ];
  const given = options
    .map(([name, ...values]) => [`--${name}`, ...values.filter((value) => value !== undefined)])
    .filter(({ length }) => length > 1);
  return [operation, ...given.flat()].join("\n");
}

const SECONDS = { h: 3_600, m: 60, s: 1 };

/** The provider takes durations like "1h30m", the AWS CLI seconds. */
function seconds(duration: string): string {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  return String(parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS], 0));
}
