/** Vendors whose configuration has a member of its own; the rest share `includedOauth2ProviderConfig`. */
const OWN_CONFIGURATION = ["Google", "Github", "Slack", "Salesforce", "Microsoft", "Custom", "Atlassian", "Linkedin"];

/** The member of `oauth2ProviderConfigInput` that a vendor's configuration is, for example `customOauth2ProviderConfig`. */
export function configurationMember(vendor: string): string {
  const name = vendor.replace(/Oauth2$/, "");
  const prefix = OWN_CONFIGURATION.includes(name) ? name.toLowerCase() : "included";
  return `${prefix}Oauth2ProviderConfig`;
}
