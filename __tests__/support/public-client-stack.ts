import { bentDocument } from "./article-stack";

/** The article's system, whose users sign in through a browser: the inbound pool has a domain, and its client the code flow. */
export function publicClientStack(
  client: { readonly callbackUrls: readonly string[]; readonly logoutUrls?: readonly string[] },
  bend: Parameters<typeof bentDocument>[0] = () => undefined,
): Promise<string> {
  return bentDocument((document) => {
    const { resource: resources } = document;
    const inbound = resources["aws_cognito_user_pool_client"]?.["inbound"] ?? {};
    Object.assign(inbound, {
      allowed_oauth_flows: ["code"],
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_scopes: ["openid", "email", "profile"],
      callback_urls: client.callbackUrls,
      logout_urls: client.logoutUrls ?? [],
      supported_identity_providers: ["COGNITO"],
    });
    Object.assign(resources["aws_cognito_user_pool_domain"] ?? {}, {
      inbound: { domain: "m2m-auth-demo-inbound-123456789012", user_pool_id: "${aws_cognito_user_pool.inbound.id}" },
    });
    bend(document);
  });
}
