import { agentCoreArn, arn, generatedId } from "./account";
import {
  all,
  hasAtMostOneOf,
  hasExactlyOneOf,
  hasLength,
  hasSize,
  isArn,
  isOneOf,
  matches,
  requires,
  type Rule,
} from "../validation/rules";
import type { Account } from "./account";
import { type ResourceFacts, text } from "./facts";

/** Vendors that share a block; this project knows them by itself, and the provider is to judge it. */
const included = [
  ...["XOauth2", "OktaOauth2", "OneLoginOauth2", "PingOneOauth2", "FacebookOauth2", "YandexOauth2", "RedditOauth2"],
  ...["ZoomOauth2", "TwitchOauth2", "SpotifyOauth2", "DropboxOauth2", "NotionOauth2", "HubspotOauth2"],
  ...["CyberArkOauth2", "FusionAuthOauth2", "Auth0Oauth2", "CognitoOauth2"],
];
const vendors = {
  CustomOauth2: "custom_oauth2_provider_config",
  GithubOauth2: "github_oauth2_provider_config",
  GoogleOauth2: "google_oauth2_provider_config",
  MicrosoftOauth2: "microsoft_oauth2_provider_config",
  SalesforceOauth2: "salesforce_oauth2_provider_config",
  SlackOauth2: "slack_oauth2_provider_config",
  AtlassianOauth2: "atlassian_oauth2_provider_config",
  LinkedinOauth2: "linkedin_oauth2_provider_config",
};
const blocks = [...Object.values(vendors), "included_oauth2_provider_config"];
const custom = `oauth2_provider_config.${vendors.CustomOauth2}`;

function clientCredentialRules(vendorBlock: string): Rule {
  const block = `oauth2_provider_config.${vendorBlock}`;
  return all([
    hasSize(block, 0, 1),
    hasLength(`${block}.client_id`, 1, 256),
    hasLength(`${block}.client_id_wo`, 1, 256),
    hasLength(`${block}.client_secret`, 1, 2048),
    hasLength(`${block}.client_secret_wo`, 1, 2048),
    hasAtMostOneOf(block, ["client_id", "client_id_wo"]),
    hasAtMostOneOf(block, ["client_secret", "client_secret_wo"]),
    requires(block, "client_secret", ["client_id"]),
    requires(block, "client_id_wo", ["client_credentials_wo_version"]),
    requires(block, "client_secret_wo", ["client_credentials_wo_version", "client_id_wo"]),
    requires(block, "client_credentials_wo_version", ["client_id_wo"]),
  ]);
}

function providerArn(account: Account, kind: "oauth2" | "apikey", name: string): string {
  return agentCoreArn(account, `token-vault/default/${kind}credentialprovider/${name}`);
}

function secretArn(account: Account, kind: "oauth2" | "apikey", name: string): string {
  const suffix = generatedId(`secret ${kind} ${name}`, 6);
  return arn(account, "secretsmanager", `secret:bedrock-agentcore-identity!default/${kind}/${name}-${suffix}`);
}

/** `aws_bedrockagentcore_oauth2_credential_provider`: oauth2_credential_provider.go of the provider. */
export const oauth2CredentialProvider: ResourceFacts = {
  validate: [
    matches("name", /^[a-zA-Z0-9\-_]{1,128}$/),
    isOneOf("credential_provider_vendor", [...Object.keys(vendors), ...included]),
    hasSize("oauth2_provider_config", 1, 1),
    hasExactlyOneOf("oauth2_provider_config", blocks),
    ...blocks.map(clientCredentialRules),
    hasSize(`${custom}.oauth_discovery`, 0, 1),
    hasExactlyOneOf(`${custom}.oauth_discovery`, ["authorization_server_metadata", "discovery_url"]),
    hasSize(`${custom}.oauth_discovery.authorization_server_metadata`, 0, 1),
  ],
  create: [
    matches(
      `${custom}.oauth_discovery.discovery_url`,
      /\/\.well-known\/openid-configuration$/,
      "must end in /.well-known/openid-configuration",
    ),
  ],
  replacedBy: ["name", "credential_provider_vendor"],
  assigned: (resource, account) => ({
    credential_provider_arn: providerArn(account, "oauth2", text(resource, "name")),
    client_secret_arn: [{ secret_arn: secretArn(account, "oauth2", text(resource, "name")) }],
  }),
};

/** `aws_bedrockagentcore_api_key_credential_provider`: api_key_credential_provider.go of the provider. */
export const apiKeyCredentialProvider: ResourceFacts = {
  validate: [
    matches("name", /^[a-zA-Z0-9\-_]{1,128}$/),
    hasExactlyOneOf("", ["api_key", "api_key_wo"]),
    requires("", "api_key_wo", ["api_key_wo_version"]),
  ],
  replacedBy: ["name"],
  assigned: (resource, account) => ({
    credential_provider_arn: providerArn(account, "apikey", text(resource, "name")),
    api_key_secret_arn: [{ secret_arn: secretArn(account, "apikey", text(resource, "name")) }],
  }),
};

/** `aws_bedrockagentcore_token_vault_cmk`: one vault for each account and region, which exists already. */
export const tokenVaultCmk: ResourceFacts = {
  validate: [
    hasSize("kms_configuration", 1, 1),
    isOneOf("kms_configuration.key_type", ["CustomerManagedKey", "ServiceManagedKey"]),
    isArn("kms_configuration.kms_key_arn"),
  ],
  replacedBy: ["token_vault_id"],
  assigned: () => ({ token_vault_id: "default" }),
};

/** `aws_bedrockagentcore_workload_identity`. */
export const workloadIdentity: ResourceFacts = {
  validate: [matches("name", /^[A-Za-z0-9_.-]{3,255}$/)],
  replacedBy: ["name"],
  assigned: (resource, account) => {
    const identity = `workload-identity-directory/default/workload-identity/${text(resource, "name")}`;
    return { workload_identity_arn: agentCoreArn(account, identity) };
  },
};
