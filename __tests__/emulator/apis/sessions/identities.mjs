// Credential providers and workload identities through their lives, and what the vault gives out.
import { ONCE, pagesOf, refusal, sdk, show } from "../../../support/aws-sdk-session.mjs";

const [Control, Data] = ["bedrock-agentcore-control", "bedrock-agentcore"].map(sdk);
const control = new Control.BedrockAgentCoreControl(ONCE);
const data = new Data.BedrockAgentCore(ONCE);
const refused = (call) => refusal("bedrock-agentcore-control", call);
const client = control;

const { credentialProviders: declared } = await control.listOauth2CredentialProviders({});
const m2m = await control.getOauth2CredentialProvider({ name: declared[0].name });
show({
  declared: [m2m.credentialProviderVendor, m2m.createdTime instanceof Date, m2m.lastUpdatedTime instanceof Date],
});
const custom = (oauthDiscovery) => ({
  name: "mine",
  credentialProviderVendor: "CustomOauth2",
  oauth2ProviderConfigInput: {
    customOauth2ProviderConfig: { oauthDiscovery, clientId: "c", clientSecret: "s3cret-value" },
  },
});
const discovery = { discoveryUrl: "https://issuer.example.com/.well-known/openid-configuration" };
const metadata = {
  authorizationServerMetadata: {
    issuer: "https://i",
    authorizationEndpoint: "https://i/a",
    tokenEndpoint: "https://i/t",
  },
};
const created = await control.createOauth2CredentialProvider(custom(discovery));
const updated = await control.updateOauth2CredentialProvider(custom(metadata));
show({
  created: created.$metadata.httpStatusCode,
  updated: updated.oauth2ProviderConfigOutput,
  taken: await refused(control.createOauth2CredentialProvider(custom(discovery))),
});
const providerNames = ({ credentialProviders }) => credentialProviders.map(({ name }) => name);
show({
  providerPages: await pagesOf(
    Control.paginateListOauth2CredentialProviders({ client, pageSize: 1 }, {}),
    providerNames,
  ),
});
const deleted = await control.deleteOauth2CredentialProvider({ name: "mine" });
show({
  deleted: deleted.$metadata.httpStatusCode,
  gone: await refused(control.getOauth2CredentialProvider({ name: "mine" })),
});

await control.createApiKeyCredentialProvider({ name: "key", apiKey: "first-key" });
await control.updateApiKeyCredentialProvider({ name: "key", apiKey: "k3y-value" });
const key = await control.getApiKeyCredentialProvider({ name: "key" });
show({ key: [key.createdTime instanceof Date, key.credentialProviderArn] });
show({
  keyPages: await pagesOf(Control.paginateListApiKeyCredentialProviders({ client, pageSize: 1 }, {}), providerNames),
});

const linked = await pagesOf(
  Control.paginateListWorkloadIdentities({ client, pageSize: 1 }, {}),
  ({ workloadIdentities }) => workloadIdentities[0].name,
);
show({ linked: linked.length, linkedStays: await refused(control.deleteWorkloadIdentity({ name: linked[0] })) });
await control.createWorkloadIdentity({ name: "my.workload" });
const { allowedResourceOauth2ReturnUrls } = await control.updateWorkloadIdentity({
  name: "my.workload",
  allowedResourceOauth2ReturnUrls: ["https://app/callback"],
});
show({ returnUrls: allowedResourceOauth2ReturnUrls, vault: (await control.getTokenVault({})).kmsConfiguration });

const { workloadAccessToken: workloadIdentityToken } = await data.getWorkloadAccessToken({
  workloadName: "my.workload",
});
const { workloadAccessToken: ofUser } = await data.getWorkloadAccessTokenForUserId({
  workloadName: "my.workload",
  userId: "me",
});
const token = {
  workloadIdentityToken,
  resourceCredentialProviderName: m2m.name,
  scopes: ["mcp-server/tools.read"],
  oauth2Flow: "M2M",
};
const { accessToken } = await data.getResourceOauth2Token(token);
const { apiKey } = await data.getResourceApiKey({
  workloadIdentityToken: ofUser,
  resourceCredentialProviderName: "key",
});
show({ accessToken, apiKey });
const drawn = (changes) => refusal("bedrock-agentcore", data.getResourceOauth2Token({ ...token, ...changes }));
show({
  badScope: await drawn({ scopes: ["mcp-server/other"] }),
  badToken: await drawn({ workloadIdentityToken: "x" }),
  noProvider: await drawn({ resourceCredentialProviderName: "other" }),
  noWorkload: await refusal("bedrock-agentcore", data.getWorkloadAccessToken({ workloadName: "nobody" })),
});
const stranger = new Data.BedrockAgentCore({
  ...ONCE,
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "test" },
});
const forger = new Data.BedrockAgentCore({ ...ONCE, credentials: { accessKeyId: "test", secretAccessKey: "guess" } });
show({
  stranger: await refusal("bedrock-agentcore", stranger.getWorkloadAccessToken({ workloadName: "my.workload" })),
  forger: await refusal("bedrock-agentcore", forger.getWorkloadAccessToken({ workloadName: "my.workload" })),
});
await control.deleteApiKeyCredentialProvider({ name: "key" });
await control.deleteWorkloadIdentity({ name: "my.workload" });
show({ identityGone: await refused(control.getWorkloadIdentity({ name: "my.workload" })) });
