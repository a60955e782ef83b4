/** Who runs the authorization server: botocore `bedrock-agentcore-control/2023-06-05`, `CredentialProviderVendorType`. */
export const CREDENTIAL_PROVIDER_VENDORS = [
  "GoogleOauth2",
  "GithubOauth2",
  "SlackOauth2",
  "SalesforceOauth2",
  "MicrosoftOauth2",
  "CustomOauth2",
  "AtlassianOauth2",
  "LinkedinOauth2",
  "XOauth2",
  "OktaOauth2",
  "OneLoginOauth2",
  "PingOneOauth2",
  "FacebookOauth2",
  "YandexOauth2",
  "RedditOauth2",
  "ZoomOauth2",
  "TwitchOauth2",
  "SpotifyOauth2",
  "DropboxOauth2",
  "NotionOauth2",
  "HubspotOauth2",
  "CyberArkOauth2",
  "FusionAuthOauth2",
  "Auth0Oauth2",
  "CognitoOauth2",
] as const;

/** Vendors whose configuration has a member of its own; the rest share `includedOauth2ProviderConfig`. */
const OWN_CONFIGURATION = ["Google", "Github", "Slack", "Salesforce", "Microsoft", "Custom", "Atlassian", "Linkedin"];

/** The member of `oauth2ProviderConfigInput` that a vendor's configuration is, for example `customOauth2ProviderConfig`. */
export function configurationMember(vendor: string): string {
  const name = vendor.replace(/Oauth2$/, "");
  const prefix = OWN_CONFIGURATION.includes(name) ? name.toLowerCase() : "included";
  return `${prefix}Oauth2ProviderConfig`;
}
