import type { OAuth2CredentialProviderDeclaration } from "../model";
import type { Arguments } from "../arguments/arguments";
import type { ResourceReader } from "./reader";

const VENDOR_BLOCK = /_oauth2_provider_config$/;

/** The block of the vendor, such as `custom_oauth2_provider_config`; the provider takes exactly one. */
function vendorBlock(config: Arguments): Arguments {
  const [name = "custom_oauth2_provider_config"] = config
    .names()
    .filter((candidate) => VENDOR_BLOCK.test(candidate) && config.blocks(candidate).length > 0);
  return config.block(name);
}

type Discovery = Pick<OAuth2CredentialProviderDeclaration, "discoveryUrl" | "authorizationServerMetadata">;

function readDiscovery(vendor: Arguments): Discovery {
  const discovery = vendor.optionalBlock("oauth_discovery");
  const metadata = discovery?.optionalBlock("authorization_server_metadata");
  if (metadata === undefined) return { discoveryUrl: discovery?.text("discovery_url") };
  return {
    authorizationServerMetadata: {
      issuer: metadata.text("issuer"),
      authorizationEndpoint: metadata.text("authorization_endpoint"),
      tokenEndpoint: metadata.text("token_endpoint"),
    },
  };
}

export const oauth2CredentialProvider: ResourceReader<"oauth2CredentialProvider"> = {
  type: "aws_bedrockagentcore_oauth2_credential_provider",
  kind: "oauth2CredentialProvider",
  read: (args) => {
    const vendor = vendorBlock(args.block("oauth2_provider_config"));
    return {
      name: args.text("name"),
      vendor: args.text("credential_provider_vendor"),
      clientId: vendor.optionalText("client_id_wo") ?? vendor.text("client_id"),
      clientSecret: vendor.optionalText("client_secret_wo") ?? vendor.text("client_secret"),
      ...readDiscovery(vendor),
    };
  },
  assigned: ["credential_provider_arn", "client_secret_arn"],
  attributes: (_, { credentialProviderArn, clientSecretArn }) => ({
    credential_provider_arn: credentialProviderArn,
    client_secret_arn: [{ secret_arn: clientSecretArn }],
  }),
};
